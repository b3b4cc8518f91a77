package org.flowshield.node.cli.money;

import java.nio.file.Path;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.cli.wallet.WalletOptions;
import org.flowshield.node.cli.wallet.WalletVerb;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.wallet.Account;
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
    protected final ExitStatus run(WalletOptions wallet)
            throws CommandFailedException, DeskException, InterruptedException {
        Account account;
        try (LocalDesk keys = wallet.desk(daemon(), null)) {
            account = keys.wallet().account(number);
        }
        try (LocalDesk desk = wallet.desk(daemon(), options.network())) {
            return run(desk, account.address());
        }
    }

    /** The socket of the daemon, of which only some of them ask something. */
    protected Path daemon() {
        return NodeClient.usualSocket(System.getenv());
    }

    /** Does it and prints what came of it. */
    protected abstract ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException;

    /** Whoever is at the terminal; has agreed to everything beforehand if so said. */
    protected final TerminalConversation conversation(LocalDesk desk, boolean agreed)
            throws DeskException {
        return new TerminalConversation(
                output(), prompt(), agreed, desk.money().network().gasSymbol());
    }
}
