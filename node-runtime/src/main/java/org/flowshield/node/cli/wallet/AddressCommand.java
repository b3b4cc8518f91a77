package org.flowshield.node.cli.wallet;

import java.util.List;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.Account;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells where money can be sent. */
@Command(
        name = "address",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the address of an account; needs no password.")
public final class AddressCommand extends KeyVerb {

    @ArgGroup(exclusive = true)
    private Which which = new Which();

    /** One of these. */
    private static final class Which {
        @Option(
                names = "--account",
                paramLabel = "N",
                description = "The account with that number (default: 0).")
        private int account;

        @Option(names = "--all", description = "All accounts, one a line.")
        private boolean all;

        @Option(
                names = "--new",
                description = "Another account, made now; the wallet must be unlocked.")
        private boolean another;
    }

    @Override
    ExitStatus run(WalletDesk wallet) throws DeskException {
        if (which.all) {
            List<Account> accounts = wallet.accounts();
            if (output().json()) {
                output().json(accounts.stream().map(Made::json).toList());
            }
            accounts.forEach(account -> output().text(Made.line(account)));
            return ExitStatus.OK;
        }
        Account account = which.another ? wallet.addAccount() : wallet.account(which.account);
        output().print(account.address().toString(), Made.json(account));
        return ExitStatus.OK;
    }
}
