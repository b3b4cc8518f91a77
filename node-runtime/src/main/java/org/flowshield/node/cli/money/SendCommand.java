package org.flowshield.node.cli.money;

import java.io.IOException;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.history.Coin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends money. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends FLOW or the coin for gas; shows what and asks before it does.",
            "Returns when it is confirmed. The wallet must be unlocked. What does not get into a"
                    + " block can be offered more (flowshield wallet speed-up) or stopped (cancel)."
        },
        footer = {
            "",
            "Examples:",
            "  flowshield wallet send 0x90F79bf6EB2c4f870365E785982E1f101E93b906 12.5",
            "  flowshield wallet send --token gas 0x90F79bf6EB2c4f870365E785982E1f101E93b906 0.01"
        })
public final class SendCommand extends ChainVerb {

    private static final String ACTION = "send";

    @Parameters(index = "0", paramLabel = "TO", description = "The address that gets it.")
    private String to = "";

    @Parameters(index = "1", paramLabel = "AMOUNT", description = "How much, like 12.5.")
    private String amount = "";

    @Option(
            names = "--token",
            paramLabel = "COIN",
            defaultValue = "flow",
            description = "flow, or gas for the chain's own coin (default: ${DEFAULT-VALUE}).")
    private Coin coin = Coin.FLOW;

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        EvmAddress receiver = Arguments.receiver(to, output());
        requireSensible(receiver, open);
        Sending sending = new Sending(wallet, open, output(), prompt(), yes);
        return switch (coin) {
            case FLOW -> {
                TokenAmount flow = Arguments.flow(amount);
                Arguments.requireCovered(
                        flow,
                        open.contracts().token().balance(account.address()),
                        account.address().toString());
                yield sending.send(
                        account.address(),
                        open.contracts().token().transfer(receiver, flow),
                        new Sending.Payment(ACTION, receiver, flow.units(), coin));
            }
            case GAS -> {
                Wei wei = gas();
                requireCovered(wei, open, account);
                yield sending.send(
                        account.address(),
                        Call.pay(receiver, wei, "sends the chain's coin"),
                        new Sending.Payment(ACTION, receiver, wei.units(), coin));
            }
        };
    }

    private Wei gas() throws CommandFailedException {
        try {
            Wei wei = Wei.parse(amount);
            Arguments.requirePositive(wei.isZero());
            return wei;
        } catch (MalformedAmountException e) {
            throw Arguments.bad("bad_amount", e.getMessage(), e);
        }
    }

    /** Without its fee, which the preview adds. */
    private static void requireCovered(Wei wei, OpenNetwork open, Account account)
            throws IOException, CommandFailedException {
        Wei balance = open.chain().balance(account.address());
        if (wei.isMoreThan(balance)) {
            String symbol = open.network().gasSymbol();
            throw Arguments.aboveBalance(
                    wei.in(symbol), balance.in(symbol), account.address().toString());
        }
    }

    /** Money that goes there never comes back. */
    private static void requireSensible(EvmAddress receiver, OpenNetwork open)
            throws CommandFailedException {
        if (receiver.isZero()) {
            throw Arguments.bad(
                    "bad_address", "the address 0 is nobody's: money sent to it is lost", null);
        }
        if (receiver.equals(open.network().contracts().token())
                || receiver.equals(open.network().contracts().channels())) {
            throw Arguments.bad(
                    "bad_address",
                    receiver
                            + " is a contract of the network, which gives nothing back: money sent"
                            + " to it is lost",
                    null);
        }
    }
}
