package org.flowshield.node.cli.wallet;

import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.wallet.WalletDesk;

/** A verb about a wallet's keys, which asks no chain. */
abstract class KeyVerb extends WalletVerb {

    @Override
    protected final ExitStatus run(WalletOptions options)
            throws CommandFailedException, DeskException, InterruptedException {
        try (LocalDesk desk = options.desk(NodeClient.usualSocket(System.getenv()), null)) {
            return run(desk.wallet());
        }
    }

    /** Does it and prints what came of it. */
    abstract ExitStatus run(WalletDesk wallet)
            throws CommandFailedException, DeskException, InterruptedException;
}
