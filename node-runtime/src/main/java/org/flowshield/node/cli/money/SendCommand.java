package org.flowshield.node.cli.money;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.money.Payment;
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
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        EvmAddress receiver = Arguments.receiver(desk.money().checkReceiver(to), output());
        return TerminalConversation.require(
                desk.money()
                        .send(
                                new Payment(account, receiver, coin, Arguments.units(amount, coin)),
                                conversation(desk, yes)));
    }
}
