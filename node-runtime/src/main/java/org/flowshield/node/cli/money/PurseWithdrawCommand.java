package org.flowshield.node.cli.money;

import java.io.IOException;
import java.math.BigInteger;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.history.Coin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes money out of the purse. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes FLOW out of the purse; the wallet must be unlocked.")
final class PurseWithdrawCommand extends ChainVerb {

    @Parameters(paramLabel = "AMOUNT", description = "How much FLOW, like 12.5.")
    private String amount = "";

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "Who gets it (default: the account).")
    private @Nullable String to;

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        TokenAmount flow = Arguments.flow(amount);
        EvmAddress receiver = to == null ? account.address() : Arguments.receiver(to, output());
        Arguments.requireCovered(
                flow,
                open.contracts().channels().purseOf(account.address()),
                "the purse of " + account.address());
        return new Sending(wallet, open, output(), prompt(), yes)
                .send(
                        account.address(),
                        open.contracts().channels().calls().withdraw(receiver, flow),
                        new Sending.Payment(
                                "purse withdraw", receiver, BigInteger.ZERO, Coin.FLOW));
    }
}
