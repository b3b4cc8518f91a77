package org.flowshield.node.cli.remote;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.json.ChannelsBody;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The payment channels of the daemon. */
@Command(
        name = "channel",
        mixinStandardHelpOptions = true,
        description = {
            "Shows, opens, tops up and closes payment channels.",
            "Connecting opens one by itself; what is left in it comes back to the purse when it is"
                    + " closed."
        },
        subcommands = {
            ChannelCommand.ListAll.class,
            ChannelCommand.Open.class,
            ChannelCommand.TopUp.class,
            ChannelCommand.Close.class
        })
public final class ChannelCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(spec.commandLine(), "say what: list, open, top-up or close");
    }

    /** The only channel whose id begins like that. */
    private static ChannelId find(NodeClient client, String beginning)
            throws NoDaemonException,
                    RefusedException,
                    CommandFailedException,
                    InterruptedException {
        String wanted = beginning.toLowerCase(Locale.ROOT);
        List<ChannelId> found =
                client.payments().channels().stream()
                        .map(ChannelStatus::id)
                        .filter(id -> id.toString().startsWith(wanted))
                        .toList();
        if (found.size() != 1) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    found.isEmpty() ? "no_such_channel" : "ambiguous_channel",
                    found.isEmpty()
                            ? "no channel of this node begins with " + beginning
                            : found.size() + " channels begin with " + beginning,
                    "see: flowshield channel list; with --json it prints whole ids");
        }
        return found.getFirst();
    }

    /** {@code flowshield channel list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows the channels that are not closed, in FLOW.")
    static final class ListAll extends RemoteVerb {
        @Override
        void run(NodeClient client)
                throws NoDaemonException, RefusedException, InterruptedException {
            List<ChannelStatus> channels = client.payments().channels();
            printLines(
                    new MoneyText(ZoneId.systemDefault()).channels(channels),
                    new ChannelsBody(channels));
        }
    }

    /** {@code flowshield channel open}. */
    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Locks money of the purse for a provider; returns when the chain has it.",
                "Only what vouchers give away is spent; the rest comes back."
            },
            footer = {
                "",
                "Example:",
                "  flowshield channel open /ip4/203.0.113.2/tcp/4001/p2p/12D3KooW... 5"
            })
    static final class Open extends RemoteVerb {

        @Spec private @Nullable CommandSpec spec;

        @Parameters(
                index = "0",
                paramLabel = "PROVIDER",
                description =
                        "The provider's multiaddr, or the address that it is paid at (0x...).")
        private String provider = "";

        @Parameters(
                index = "1",
                paramLabel = "FLOW",
                converter = AmountConverter.class,
                description = "How much is locked.")
        private TokenAmount amount = TokenAmount.ZERO;

        @Override
        void run(NodeClient client)
                throws NoDaemonException, RefusedException, InterruptedException {
            ChannelStatus opened = client.payments().open(opening());
            print(MoneyText.channel("opened", opened), opened);
        }

        private ChannelOpening opening() {
            try {
                return provider.startsWith("/")
                        ? new ChannelOpening(provider, null, amount)
                        : new ChannelOpening(null, EvmAddress.parse(provider), amount);
            } catch (MalformedAddressException | IllegalArgumentException e) {
                if (spec == null) {
                    throw new IllegalStateException("picocli did not set the command's model", e);
                }
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** {@code flowshield channel top-up}. */
    @Command(
            name = "top-up",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Puts more money of the purse into a channel; returns when the chain has it.",
                "A session that uses it goes on meanwhile."
            })
    static final class TopUp extends RemoteVerb {

        @Parameters(index = "0", paramLabel = "CHANNEL", description = "Its id, or how it begins.")
        private String channel = "";

        @Parameters(
                index = "1",
                paramLabel = "FLOW",
                converter = AmountConverter.class,
                description = "How much more is locked.")
        private TokenAmount amount = TokenAmount.ZERO;

        @Override
        void run(NodeClient client)
                throws NoDaemonException,
                        RefusedException,
                        CommandFailedException,
                        InterruptedException {
            ChannelStatus topped = client.payments().topUp(find(client, channel), amount);
            print(MoneyText.channel("topped up", topped), topped);
        }
    }

    /** {@code flowshield channel close}. */
    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description = {
                "Closes a channel, and brings what is left in it back to the purse.",
                "If the provider agrees, that is at once; else after a day, in which the provider can"
                        + " claim what it was paid."
            })
    static final class Close extends RemoteVerb {

        @Parameters(paramLabel = "CHANNEL", description = "Its id, or how it begins.")
        private String channel = "";

        @Override
        void run(NodeClient client)
                throws NoDaemonException,
                        RefusedException,
                        CommandFailedException,
                        InterruptedException {
            ChannelClosing closing = client.payments().close(find(client, channel));
            print(new MoneyText(ZoneId.systemDefault()).closing(closing), closing);
        }
    }
}
