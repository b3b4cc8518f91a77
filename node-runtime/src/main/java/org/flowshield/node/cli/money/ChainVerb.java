package org.flowshield.node.cli.money;

import java.io.IOException;
import java.util.Locale;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.wallet.WalletVerb;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb that asks the chain about an account: what all of them have in common. */
public abstract class ChainVerb extends WalletVerb {

    @Mixin private final NetworkOptions options = new NetworkOptions();

    @Option(
            names = "--account",
            paramLabel = "N",
            defaultValue = "0",
            description = "The account with that number (default: ${DEFAULT-VALUE}).")
    private int number;

    @Override
    protected final ExitStatus run(Wallet wallet)
            throws CommandFailedException, RefusedException, IOException, InterruptedException {
        Account account = wallet.account(number);
        try (OpenNetwork open = OpenNetwork.of(options.network())) {
            return run(wallet, account, open);
        } catch (RejectedException e) {
            throw rejected(e);
        } catch (RpcException e) {
            throw failed(e);
        }
    }

    /** A chain that does not answer, in the words of the command line. */
    public static CommandFailedException failed(RpcException e) {
        return new CommandFailedException(
                ExitStatus.FAILED,
                "rpc_" + e.kind().name().toLowerCase(Locale.ROOT),
                String.valueOf(e.getMessage()),
                e.passes()
                        ? "try again in a moment, or another way to the chain: --rpc URL"
                        : "another way to the chain: --rpc URL, or another network file",
                e);
    }

    /** Does it and prints what came of it. */
    protected abstract ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException;

    private static CommandFailedException rejected(RejectedException e) {
        return new CommandFailedException(
                ExitStatus.REFUSED,
                "rejected_" + e.rejection().kind().name().toLowerCase(Locale.ROOT),
                e.rejection().message(),
                "nothing was sent",
                e);
    }
}
