package org.flowshield.node.cli.wallet;

import java.util.List;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.Account;
import picocli.CommandLine.Command;

/** Tells whether the wallet is open. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells whether the wallet is unlocked, and until when.")
public final class StatusCommand extends KeyVerb {

    @Override
    ExitStatus run(WalletDesk wallet) throws DeskException {
        List<Account> _ = wallet.accounts();
        Made.print(wallet.state(), output());
        return ExitStatus.OK;
    }
}
