package org.flowshield.libp2p.host;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.flowshield.libp2p.resource.Usage;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.flowshield.libp2p.transport.DialOptions;

/**
 * A host under attack, to which every address of loopback is a stranger's, and an honest client
 * that connects over TLS and pings, again and again, from the first to the last moment.
 */
final class Siege implements AutoCloseable {

    /** Until something that must happen counts as not happening. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey victimKey = PrivateKey.generate(RANDOM);
    private final PrivateKey honestKey = PrivateKey.generate(RANDOM);
    private final List<IOException> failures = new ArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private final Ping ping = new Ping(RANDOM, System::nanoTime);
    private final Host honest;
    private final Thread client;
    private final long directBefore;
    private volatile boolean over;

    final Host victim;

    Siege(Limits limits, Duration upgradeTimeout, ProtocolBinding... protocols) throws IOException {
        HostBuilder builder =
                new HostBuilder(victimKey)
                        .security(
                                new TlsTransport(victimKey, RANDOM, InstantSource.system()),
                                new PlaintextTransport(victimKey.publicKey()))
                        .limits(limits.withLoopbackCounted())
                        .upgradeTimeout(upgradeTimeout)
                        .protocol(ping)
                        .listen(HostPair.loopback());
        for (ProtocolBinding protocol : protocols) {
            builder.protocol(protocol);
        }
        victim = builder.build();
        honest =
                new HostBuilder(honestKey)
                        .security(new TlsTransport(honestKey, RANDOM, InstantSource.system()))
                        .upgradeTimeout(PATIENCE)
                        .negotiationTimeout(PATIENCE)
                        .build();
        connectAndPing();
        directBefore = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
        client = Thread.ofPlatform().name("honest client").start(this::connectUntilOver);
    }

    private void connectUntilOver() {
        while (!over) {
            connectAndPing();
        }
    }

    private void connectAndPing() {
        Multiaddr address = victim.listenAddresses().getFirst().withPeer(victim.peerId());
        // Each time from another address: it does not mean to meet the rate of one.
        int number = served.get() + failures.size();
        DialOptions from =
                DialOptions.DEFAULT.withLocal(new InetSocketAddress(loopback(200, number), 0));
        try (Connection connection = honest.connect(address, from);
                Ping.Pings pings = ping.open(connection)) {
            pings.next(PATIENCE);
            served.incrementAndGet();
        } catch (IOException e) {
            failures.add(e);
        }
    }

    /** The address of one of many strangers: so many hosts in each of a hundred networks. */
    static InetAddress stranger(int number) {
        return loopback(1 + number % 100, number / 100);
    }

    private static InetAddress loopback(int network, int host) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {127, (byte) network, (byte) (host / 250), (byte) (1 + host % 250)});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    InetSocketAddress address() {
        return victim.listenAddresses().getFirst().socketAddress().orElseThrow();
    }

    Usage usage(Limit limit) {
        return victim.resources().usage().stream()
                .filter(usage -> usage.limit() == limit)
                .findFirst()
                .orElseThrow();
    }

    int served() {
        return served.get();
    }

    /** Lets the honest client do so many rounds more. */
    void serveMore(int rounds) {
        int goal = served.get() + rounds;
        await(() -> served.get() >= goal || !failures.isEmpty());
    }

    /** Ends the honest client; says what went wrong for it. */
    List<IOException> failuresOfTheHonest() {
        endClient();
        return failures;
    }

    private void endClient() {
        over = true;
        await(() -> !client.isAlive());
    }

    /** Direct memory that Netty has taken from the system since the attack began. */
    long moreDirectMemory() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - directBefore;
    }

    static int openDescriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    /** Looks until it is so. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not happen");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        endClient();
        honest.close();
        victim.close();
        victimKey.close();
        honestKey.close();
    }
}
