package org.flowshield.bench.idle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.flowshield.libp2p.transport.DialOptions;

/** A peer with a key and a loopback address of its own, and connections to one node by TLS. */
final class IdlePeer implements AutoCloseable {

    private static final int PER_NETWORK = 250;
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final PrivateKey key;
    private final Host host;
    private final Ping ping;
    private final DialOptions from;
    private final List<Connection> connections = new ArrayList<>();

    /**
     * @param number below 62,500: gives the address, each 250th of which begins a new /24
     */
    IdlePeer(int number, SecureRandom random) throws IOException {
        key = PrivateKey.generate(random);
        host =
                new HostBuilder(key)
                        .eventLoopThreads(1)
                        .security(new TlsTransport(key, random, Clock.systemUTC()))
                        .build();
        Identify.install(
                host, key, "bench/1", Clock.systemUTC(), AdvertisedAddresses.ofThisMachine());
        ping = new Ping(random, System::nanoTime);
        host.handle(ping);
        from =
                DialOptions.DEFAULT.withLocal(
                        new InetSocketAddress(
                                "127.1.%d.%d"
                                        .formatted(number / PER_NETWORK, 1 + number % PER_NETWORK),
                                0));
    }

    void dial(Multiaddr node) throws IOException {
        connections.add(host.connect(node, from));
    }

    /** Dials once more, and has a ping answered: what a newcomer waits for. */
    Duration greet(Multiaddr node) throws IOException {
        long start = System.nanoTime();
        try (Connection connection = host.connect(node, from);
                Ping.Pings pings = ping.open(connection)) {
            pings.next(ANSWER);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    /** How many are still there. */
    long open() {
        return connections.stream()
                .filter(connection -> !connection.closed().toCompletableFuture().isDone())
                .count();
    }

    @Override
    public void close() {
        host.close();
        key.close();
    }
}
