package org.flowshield.node.cli.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.MalformedWayException;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.api.payment.NetworkStatus.Identities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows and changes by which ways the daemon gets to its chain and to its peers. */
@Command(
        name = "network",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows through which RPCs the chain is asked and which nodes are begun with, or changes"
                    + " it.",
            "A change holds after a restart, and goes before the configuration and the network"
                    + " file. RPCs hold at once; bootstrap nodes from the next search for providers"
                    + " on, and for roles that serve when the first of them is switched on the next"
                    + " time."
        },
        footer = {
            "",
            "An RPC is believed about money: what you have, who is staked, whether a payment",
            "arrived. With three or more of different servers none of them is believed alone about",
            "whose node it is that you pay; with fewer the first that answers is (chain.registry).",
            "",
            "Verbs of the wallet ask the chain themselves: give them --rpc. The window's wallet",
            "follows what is chosen here.",
            "A key in a URL that begins with http:// goes out in clear; https:// keeps it.",
            "--json shows URLs whole, with any key in them; else only servers are shown.",
            "",
            "Example: a node of the chain on this machine is asked, and behind it another:",
            "  flowshield network --rpc http://127.0.0.1:8545 --rpc https://rpc.example/KEY",
            "Example: as the network file says:",
            "  flowshield network --rpc network --bootstrap network"
        })
public final class NetworkCommand extends RemoteVerb {

    private static final String NETWORK = "network";

    @Spec private @Nullable CommandSpec spec;

    /** One way that was written; none: the network's own. */
    record Word<T>(List<T> ways) {
        Word {
            ways = List.copyOf(ways);
        }
    }

    /** The words that people write. */
    static final class RpcConverter implements ITypeConverter<Word<RpcUrl>> {
        @Override
        public Word<RpcUrl> convert(String value) {
            try {
                return new Word<>(value.equals(NETWORK) ? List.of() : List.of(RpcUrl.parse(value)));
            } catch (MalformedWayException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** The words that people write. */
    static final class BootstrapConverter implements ITypeConverter<Word<BootstrapNode>> {
        @Override
        public Word<BootstrapNode> convert(String value) {
            try {
                return new Word<>(
                        value.equals(NETWORK) ? List.of() : List.of(BootstrapNode.parse(value)));
            } catch (MalformedWayException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    @Option(
            names = "--rpc",
            paramLabel = "URL|network",
            converter = RpcConverter.class,
            description = {
                "A way to the chain, up to "
                        + RpcUrl.MAX_RPCS
                        + " of them, the preferred first; or '"
                        + NETWORK
                        + "' for those of the network file.",
                "Each is asked which chain it is of; one that is silent, or of another chain, is"
                        + " not taken, and nothing changes."
            })
    private @Nullable List<Word<RpcUrl>> rpcs;

    @Option(
            names = "--bootstrap",
            paramLabel = "MULTIADDR|network",
            converter = BootstrapConverter.class,
            description =
                    "A node to begin with, up to "
                            + BootstrapNode.MAX_NODES
                            + " of them, each ending in /p2p/ID; or '"
                            + NETWORK
                            + "' for those of the configuration and the network file.")
    private @Nullable List<Word<BootstrapNode>> bootstrap;

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        boolean asks = rpcs == null && bootstrap == null;
        NetworkSettings now =
                asks ? client.network().settings() : client.network().change(change());
        printLines(lines(now), now);
    }

    private NetworkChange change() {
        try {
            return new NetworkChange(
                    rpcs == null ? null : ways(rpcs), bootstrap == null ? null : ways(bootstrap));
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw new IllegalStateException("picocli did not set the command's model", e);
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static <T> List<T> ways(List<Word<T>> words) {
        if (words.size() > 1 && words.stream().anyMatch(word -> word.ways().isEmpty())) {
            throw new IllegalArgumentException(
                    "'" + NETWORK + "' stands alone: it takes the place of one's own");
        }
        return words.stream().flatMap(word -> word.ways().stream()).toList();
    }

    private static List<String> lines(NetworkSettings settings) {
        NetworkSettings.InForce now = settings.inForce();
        List<String> lines = new ArrayList<>();
        lines.add("chain            " + chain(settings));
        if (now.identities() != null) {
            lines.add("                 " + believed(now.identities()));
        }
        String whose =
                settings.bootstrap().isEmpty()
                        ? "of the configuration and the network file"
                        : "of your own choice";
        lines.add("bootstrap nodes  " + now.bootstrap().size() + ", " + whose);
        now.bootstrap().forEach(node -> lines.add("                 " + node));
        if (now.servesOnOthers()) {
            lines.add(
                    "                 roles that serve began with others, and go on so until they are"
                            + " switched off and on");
        }
        return lines;
    }

    private static String chain(NetworkSettings settings) {
        NetworkSettings.InForce now = settings.inForce();
        if (now.chainId() == null) {
            return settings.rpcs().isEmpty()
                    ? "not asked: this node has none"
                    : "not asked: this node has none now; chosen are " + servers(settings.rpcs());
        }
        return "%s, asked through %s %s"
                .formatted(
                        now.chainId(),
                        settings.rpcs().isEmpty()
                                ? "the network file's"
                                : "RPCs of your own choice:",
                        servers(now.rpcs()));
    }

    private static String believed(Identities identities) {
        return switch (identities) {
            case RPC -> "whose node it is that you pay, the first that answers is believed about";
            case PROOFS -> "whose node it is that you pay is proved; none is believed alone";
        };
    }

    /** Without what may be keys. */
    private static String servers(List<RpcUrl> rpcs) {
        return rpcs.stream().map(RpcUrl::toString).collect(Collectors.joining(", "));
    }
}
