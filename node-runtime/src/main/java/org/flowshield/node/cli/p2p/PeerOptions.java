package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.flowshield.libp2p.crypto.KeyFile;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.security.SecureTransport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who we are and how we speak: the options that all verbs have. */
public final class PeerOptions {

    @Option(
            names = "--security",
            paramLabel = "tls|noise",
            description = {
                "Security protocol to offer; give it twice to offer both, the preferred first.",
                "Default: tls, then noise."
            })
    private List<Security> security = List.of();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = {
                "File with our Ed25519 key; made if it does not exist.",
                "Default: a fresh identity for this one run."
            })
    private @Nullable Path keyFile;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "How long to wait for a peer that does not answer (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    /** How long to wait for the peer at each step. */
    public Duration timeout() {
        return Duration.ofSeconds(Math.max(1, timeoutSeconds));
    }

    /** Builds our host, which serves these protocols and listens at these addresses. */
    public Peer start(List<ProtocolBinding> served, List<Multiaddr> listen) throws IOException {
        SecureRandom random = new SecureRandom();
        PrivateKey key =
                keyFile == null
                        ? PrivateKey.generate(random)
                        : KeyFile.loadOrCreate(keyFile, random);
        try {
            Host host =
                    new HostBuilder(key)
                            .upgradeTimeout(timeout())
                            .negotiationTimeout(timeout())
                            .security(transports(key, random))
                            .build();
            return listening(new Peer(key, host, Clock.systemUTC()), served, listen);
        } catch (IOException | RuntimeException e) {
            key.close();
            throw e;
        }
    }

    /** Listens when everything is served, so that the first connection finds it all. */
    private static Peer listening(Peer peer, List<ProtocolBinding> served, List<Multiaddr> listen)
            throws IOException {
        try {
            served.forEach(peer.host()::handle);
            for (Multiaddr address : listen) {
                peer.host().listen(address);
            }
            return peer;
        } catch (IOException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    private SecureTransport[] transports(PrivateKey key, SecureRandom random) {
        List<Security> offered = security.isEmpty() ? Security.PREFERENCE : security;
        return offered.stream()
                .distinct()
                .map(choice -> choice.transport(key, random))
                .toArray(SecureTransport[]::new);
    }
}
