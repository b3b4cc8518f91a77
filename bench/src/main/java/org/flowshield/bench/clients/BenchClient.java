package org.flowshield.bench.clients;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.tunnel.LaneSockets;
import org.flowshield.node.tunnel.TunnelClient;
import org.flowshield.node.tunnel.TunnelSettings;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.Offloads;

/** A client with a key and a loopback address of its own, and a device in memory. */
final class BenchClient implements AutoCloseable {

    /** Clients of one /16 of loopback; others begin the next. */
    private static final int PER_NETWORK = 200;

    static final Inet4Address INTERNET = (Inet4Address) InetAddress.ofLiteral("192.0.2.80");

    private static final long STALLED = Duration.ofMillis(10).toNanos();

    private final PrivateKey key;
    private final MemoryTun.Pair device;
    private final Host host;
    private final TunnelClient tunnel;
    private final LongAdder received = new LongAdder();
    private volatile boolean stalls;

    private BenchClient(PrivateKey key, MemoryTun.Pair device, Host host, TunnelClient tunnel) {
        this.key = key;
        this.device = device;
        this.host = host;
        this.tunnel = tunnel;
    }

    /**
     * Connects one.
     *
     * @param number its address is made from it
     */
    static BenchClient connect(Multiaddr provider, int number, int lanes, boolean datagrams)
            throws IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        PrivateKey key = PrivateKey.generate(random);
        MemoryTun.Pair device =
                MemoryTun.pair(
                        ServingProvider.MTU,
                        Offloads.ALL,
                        Offloads.ALL,
                        MemoryTun.Overflow.WAIT,
                        MemoryTun.MIN_QUEUE);
        Host host = Hosts.builder(key, random).eventLoopThreads(1).build();
        InetSocketAddress from =
                new InetSocketAddress(
                        "127.%d.%d.1".formatted(1 + number / PER_NETWORK, 1 + number % PER_NETWORK),
                        0);
        TunnelSettings settings =
                new TunnelSettings(
                        provider,
                        lanes,
                        datagrams,
                        Offloads.ALL,
                        DialOptions.DEFAULT.withLocal(from),
                        LaneSockets.options(0).withLocal(from));
        TunnelClient tunnel =
                TunnelClient.open(host, settings, _ -> device.left(), System::nanoTime);
        return new BenchClient(key, device, host, tunnel);
    }

    /** Sends a packet to the provider's internet and waits for its echo. */
    void echo(int length) throws IOException {
        Inet4Address own = tunnel.welcome().grant().inner().v4().orElseThrow();
        try {
            int _ = device.right().write(Packets.frame(Packets.EXPERIMENT, own, INTERNET, length));
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("we make whole frames", e);
        }
        int _ = device.right().read(ByteBuffer.allocateDirect(2 * Frame.MAX), true);
    }

    /** Reads what comes until the device is closed, or for a while nothing when told to stall. */
    void read() {
        ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX);
        try {
            while (true) {
                while (stalls) {
                    LockSupport.parkNanos(STALLED);
                }
                int _ = device.right().read(batch.clear(), true);
                received.add(batch.position());
            }
        } catch (AsynchronousCloseException _) {
            // the end
        }
    }

    /** Bytes that {@link #read} has seen. */
    long received() {
        return received.sum();
    }

    void stall(boolean whether) {
        stalls = whether;
    }

    @Override
    public void close() {
        stalls = false;
        tunnel.close();
        host.close();
        device.close();
        key.close();
    }
}
