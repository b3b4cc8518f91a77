package org.flowshield.node.cli.wallet;

import java.util.List;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentAccount;
import org.flowshield.node.wallet.agent.AgentClient;
import org.flowshield.node.wallet.agent.NoAgentException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells where money can be sent. */
@Command(
        name = "address",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the address of an account; needs no password.")
public final class AddressCommand extends WalletVerb {

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
    protected ExitStatus run(Wallet wallet)
            throws RefusedException, CommandFailedException, NoAgentException {
        if (which.all) {
            List<Account> accounts = wallet.accounts();
            if (output().json()) {
                output().json(accounts.stream().map(Made::json).toList());
            }
            accounts.forEach(account -> output().text(Made.line(account)));
            return ExitStatus.OK;
        }
        Account account = wallet.account(which.another ? another(wallet) : which.account);
        output().print(account.address().toString(), Made.json(account));
        return ExitStatus.OK;
    }

    private static int another(Wallet wallet) throws RefusedException, NoAgentException {
        var _ = wallet.accounts();
        AgentAccount made = new AgentClient(wallet.folder()).addAccount();
        return made.number();
    }
}
