package org.flowshield.libp2p.pubsub;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.mesh.Router;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.libp2p.security.noise.NoiseTransport;

/** A host on loopback that takes part in pubsub. */
public final class TestNode implements AutoCloseable {

    /** For whatever happens at once on a machine that is not busy with ten other things. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final SecureRandom RANDOM = new SecureRandom();

    public final PrivateKey key = PrivateKey.generate(RANDOM);
    public final Host host;
    public final PubSub pubsub;

    public TestNode() throws IOException {
        this(options());
    }

    public TestNode(PubSubOptions options) throws IOException {
        try {
            host =
                    new HostBuilder(key)
                            .security(new NoiseTransport(key, RANDOM))
                            .listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                            .build();
        } catch (MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
        Identify identify =
                Identify.install(
                        host,
                        key,
                        "flowshield-test/1",
                        Clock.systemUTC(),
                        AdvertisedAddresses.ofThisMachine());
        pubsub = PubSub.of(host, identify, key, options);
    }

    public static PubSubOptions options() {
        return PubSubOptions.of(RANDOM, System::nanoTime, Clock.systemUTC());
    }

    public PeerId id() {
        return host.peerId();
    }

    public Multiaddr address() {
        return host.listenAddresses().getFirst().withPeer(host.peerId());
    }

    public Connection dial(TestNode other) throws IOException {
        return host.connect(other.address());
    }

    /** Waits until so many peers are in the mesh of a topic. */
    public void awaitMesh(Topic topic, int count) throws InterruptedException {
        int size = pubsub.awaitMesh(topic, count, PATIENCE);
        if (size < count) {
            throw new AssertionError(
                    "only " + size + " of " + count + " peers came into the mesh of " + topic);
        }
    }

    /** Waits until something is true of the router. */
    public void await(Predicate<Router> claim) throws InterruptedException {
        if (!pubsub.await(claim, PATIENCE)) {
            throw new AssertionError("it did not come true in " + PATIENCE);
        }
    }

    /** Waits until a peer has a bad score, or was thrown out for one. */
    public void awaitBadScore(PeerId peer) throws InterruptedException {
        await(
                router ->
                        router.isGreylisted(peer)
                                || router.scores(System.nanoTime()).getOrDefault(peer, 0.0) < 0);
    }

    @Override
    public void close() {
        pubsub.close();
        host.close();
        key.close();
    }
}
