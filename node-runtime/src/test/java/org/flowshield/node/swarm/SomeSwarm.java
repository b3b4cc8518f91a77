package org.flowshield.node.swarm;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

/** A swarm on loopback, in a network of our own. */
public final class SomeSwarm implements AutoCloseable {

    /** Nothing here takes a fifth of it, even on a machine that is busy with something else. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final SecureRandom random = new SecureRandom();
    public final PrivateKey key;
    public final Libp2pSwarm swarm;

    public SomeSwarm(Multiaddr... bootstrap) {
        this(PrivateKey.generate(new SecureRandom()), bootstrap);
    }

    public SomeSwarm(PrivateKey key, Multiaddr... bootstrap) {
        this(key, List.of(), bootstrap);
    }

    public SomeSwarm(PrivateKey key, List<Multiaddr> announce, Multiaddr... bootstrap) {
        this.key = key;
        this.swarm =
                new Libp2pSwarm(
                        new SwarmSettings(List.of(bootstrap), announce, true, 0, "test/1"),
                        key,
                        random,
                        () -> List.of(InetAddress.getLoopbackAddress()),
                        List.of());
    }

    public PeerId peer() {
        return PeerId.of(key.publicKey());
    }

    public Swarm.Membership join() throws IOException {
        return swarm.join(List.of(loopback()), List.of());
    }

    /** Where others find a role of it. */
    public Multiaddr address(Swarm.Membership role) {
        return role.addresses().getFirst().withPeer(peer());
    }

    public static Multiaddr loopback() {
        return address("/ip4/127.0.0.1/tcp/0");
    }

    public static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Waits until something is true. */
    public static void await(String what, BooleanSupplier claim) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!claim.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** After all roles have left. */
    @Override
    public void close() {
        key.close();
    }
}
