package org.flowshield.node.cli.serve;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowshield.contracts.network.Network;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.config.RegistryBy;

/**
 * Who is believed about which wallet a node belongs to: the one RPC that is asked for everything,
 * or nobody but several together, and proofs. Pure.
 */
sealed interface RegistryChoice {

    /** With fewer, one that lies and one that is gone would be too many. */
    int SOURCES = 3;

    /**
     * The RPC.
     *
     * @param why it is believed, for the log
     */
    record Believed(String why) implements RegistryChoice {}

    /**
     * Proofs, in a block that most of these name.
     *
     * @param sources each of another server
     */
    record Proven(List<URI> sources) implements RegistryChoice {

        public Proven {
            sources = List.copyOf(sources);
        }

        /** How many of them have to name a block. */
        int needed() {
            return sources.size() / 2 + 1;
        }
    }

    /** What was configured can't be had. */
    record Impossible(String why) implements RegistryChoice {}

    /** For the status. */
    default NetworkStatus.Identities identities() {
        return this instanceof Believed
                ? NetworkStatus.Identities.RPC
                : NetworkStatus.Identities.PROOFS;
    }

    static RegistryChoice of(RegistryBy wanted, Network network) {
        List<URI> sources = sources(network.rpcs());
        boolean enough = sources.size() >= SOURCES;
        return switch (wanted) {
            case RPC -> new Believed("chain.registry is rpc");
            case PROOFS -> enough ? new Proven(sources) : tooFew(sources.size());
            case AUTO -> enough ? auto(sources, network) : new Believed(few(sources.size()));
        };
    }

    private static RegistryChoice auto(List<URI> sources, Network network) {
        return network.isDevelopment()
                ? new Believed("chain " + network.chain() + " is one for development")
                : new Proven(sources);
    }

    private static String few(int servers) {
        return "there are RPCs of %d %s, and proofs need %d"
                .formatted(servers, servers == 1 ? "server" : "servers", SOURCES);
    }

    private static Impossible tooFew(int servers) {
        return new Impossible("chain.registry is proofs, and " + few(servers));
    }

    /** Two ways to one server are one source: both lie if it does. */
    private static List<URI> sources(List<URI> rpcs) {
        Map<String, URI> byServer = new LinkedHashMap<>();
        for (URI rpc : rpcs) {
            String host = String.valueOf(rpc.getHost()).toLowerCase(Locale.ROOT);
            byServer.putIfAbsent(host + " " + port(rpc), rpc);
        }
        return List.copyOf(byServer.values());
    }

    private static int port(URI rpc) {
        if (rpc.getPort() >= 0) {
            return rpc.getPort();
        }
        return "https".equalsIgnoreCase(rpc.getScheme()) ? 443 : 80;
    }
}
