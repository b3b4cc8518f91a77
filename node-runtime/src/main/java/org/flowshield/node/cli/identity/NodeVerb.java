package org.flowshield.node.cli.identity;

import java.io.IOException;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.money.Sending;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb in which a wallet and this machine's daemon both have a part. */
abstract class NodeVerb extends ChainVerb {

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected final ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        try (NodeClient node = new NodeClient(daemon.socket())) {
            return run(account, open, node, new Sending(wallet, open, output(), prompt(), yes));
        } catch (NoDaemonException e) {
            throw DaemonOptions.failed(e);
        }
    }

    abstract ExitStatus run(Account account, OpenNetwork open, NodeClient node, Sending sending)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    NoDaemonException,
                    IOException,
                    InterruptedException;

    /** What was found without a transaction, or is still to be told after one. */
    static CommandFailedException refused(String code, String message, String action) {
        return new CommandFailedException(ExitStatus.REFUSED, code, message, action);
    }
}
