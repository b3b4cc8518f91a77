package org.flowshield.node.role;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.tunnel.AddressPool;
import org.flowshield.node.tunnel.LaneSockets;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.ProviderTerms;
import org.flowshield.node.tunnel.TunnelClient;
import org.flowshield.node.tunnel.TunnelSettings;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.ProviderPath;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.Offloads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions with oneself: the virtual machine loads and compiles what a session takes before a user
 * waits for it, for which it needs about a second of a processor. Both ends are of this process, on
 * a port of loopback that is there as long as it takes, with devices in memory and throw-away keys.
 * Once in a process is enough for clients and providers. Any thread may call the methods.
 */
public final class Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /** The first loads the classes; the others have more of it compiled. */
    private static final int SESSIONS = 3;

    private static final int MTU = 1500;
    private static final int SESSIONS_AT_A_TIME = 2;

    /** Who connects as soon as the role is on is not to share the processors with it. */
    private static final Duration AFTER = Duration.ofMillis(300);

    private static final AtomicBoolean DONE = new AtomicBoolean();

    private final SecureRandom random;
    private final CountDownLatch inEarnest = new CountDownLatch(1);

    public Rehearsal(SecureRandom random) {
        this.random = random;
    }

    /** Rehearses on a thread of its own, if nobody connects before; nothing depends on it. */
    public void begin() {
        Thread.ofVirtual().name("rehearsal").start(this::run);
    }

    /** Somebody connects in earnest: what has not begun does not begin. */
    public void giveUp() {
        inEarnest.countDown();
    }

    /** Rehearses, and returns when it is done. */
    public void now() throws IOException, InterruptedException {
        try {
            rehearse();
        } catch (MalformedMultiaddrException e) {
            throw new IllegalStateException("an address of loopback", e);
        }
    }

    private void run() {
        try {
            boolean wanted = !inEarnest.await(AFTER.toMillis(), TimeUnit.MILLISECONDS);
            if (wanted && DONE.compareAndSet(false, true)) {
                rehearse();
            }
        } catch (IOException | MalformedMultiaddrException e) {
            LOG.debug("not rehearsed: the first session will take longer", e);
        } catch (InterruptedException e) {
            LOG.debug("not rehearsed: interrupted");
        }
    }

    private void rehearse() throws IOException, MalformedMultiaddrException, InterruptedException {
        long start = System.nanoTime();
        try (PrivateKey key = PrivateKey.generate(random);
                MemoryTun.Pair device = device();
                ProviderPath path = new ProviderPath(device.left(), _ -> {});
                Host host = Hosts.builder(key, random).build();
                ProviderService service =
                        new ProviderService(
                                new ProviderTerms(
                                        true,
                                        true,
                                        MTU,
                                        Offloads.ALL,
                                        List.of(),
                                        SESSIONS_AT_A_TIME),
                                AddressPool.random(random),
                                path,
                                new Nobody(),
                                random,
                                System::nanoTime)) {
            path.start();
            host.handle(service);
            Multiaddr address = host.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
            for (int i = 0; i < SESSIONS; i++) {
                session(address.withPeer(host.peerId()));
            }
            LOG.debug("rehearsed in {} ms", (System.nanoTime() - start) / 1_000_000);
        }
    }

    private void session(Multiaddr provider) throws IOException, InterruptedException {
        TunnelSettings settings =
                new TunnelSettings(
                        provider,
                        1,
                        true,
                        Offloads.ALL,
                        DialOptions.DEFAULT,
                        LaneSockets.options(0));
        try (PrivateKey key = PrivateKey.generate(random);
                MemoryTun.Pair device = device();
                Host host = Hosts.builder(key, random).build();
                TunnelClient client =
                        TunnelClient.open(host, settings, _ -> device.left(), System::nanoTime)) {
            LOG.trace("a session with {}", client.welcome().grant());
        }
    }

    private static MemoryTun.Pair device() {
        return MemoryTun.pair(
                MTU, Offloads.ALL, Offloads.ALL, MemoryTun.Overflow.DROP, MemoryTun.MIN_QUEUE);
    }

    /** Who is not interested. */
    private record Nobody() implements ProviderService.Watcher {

        @Override
        public void opened(PeerId peer, Grant grant) {}

        @Override
        public void ended(PeerId peer, Grant grant, PathCounters carried, String why) {}
    }
}
