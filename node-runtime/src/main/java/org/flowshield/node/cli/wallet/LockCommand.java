package org.flowshield.node.cli.wallet;

import java.util.Map;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.WalletDesk;
import picocli.CommandLine.Command;

/** Has the keys wiped. */
@Command(
        name = "lock",
        mixinStandardHelpOptions = true,
        description = "Has the wallet's keys wiped from memory; returns when they are.")
public final class LockCommand extends KeyVerb {

    @Override
    ExitStatus run(WalletDesk wallet) throws DeskException {
        boolean was = wallet.lock();
        output().print(
                        was ? "locked" : "it was locked already",
                        Map.of("unlocked", false, "was_unlocked", was));
        return ExitStatus.OK;
    }
}
