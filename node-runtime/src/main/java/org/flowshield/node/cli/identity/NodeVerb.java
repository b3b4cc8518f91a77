package org.flowshield.node.cli.identity;

import java.nio.file.Path;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.transaction.Conversation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb in which a wallet and this machine's daemon both have a part. */
abstract class NodeVerb extends ChainVerb {

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected final Path daemon() {
        return daemon.socket();
    }

    @Override
    protected final ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        return run(by(desk.identity()), account, conversation(desk, yes));
    }

    /** By whose gas it is done. */
    IdentityDesk by(IdentityDesk desk) {
        return desk;
    }

    abstract ExitStatus run(IdentityDesk identity, EvmAddress account, Conversation conversation)
            throws CommandFailedException, DeskException, InterruptedException;
}
