package org.flowshield.libp2p.pubsub;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.mesh.Effect;
import org.flowshield.libp2p.pubsub.mesh.Event;
import org.flowshield.libp2p.pubsub.mesh.Router;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.StrictSign;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publish and subscribe on a host.
 *
 * <pre>
 *  PubSub pubsub = PubSub.of(host, identify, key, options);
 *  try (Subscription news = pubsub.join(new Topic("news"), Validator.ANY)) {
 *      news.publish(bytes);
 *      for (ReceivedMessage message : news) { ... }
 *  }
 * </pre>
 *
 * <p>Takes part with every connected peer that speaks gossipsub, but makes no connections itself
 * unless peer exchange is on. Own messages do not come back. Safe for use by any thread; blocks,
 * for virtual threads.
 */
public final class PubSub implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PubSub.class);

    private record Joined(Subscription subscription, Validator validator, Semaphore permits) {}

    private final PrivateKey key;
    private final PubSubOptions options;
    private final RouterLoop loop;
    private final Links links;
    private final Semaphore verifications;
    private final ConcurrentMap<Topic, Joined> joined = new ConcurrentHashMap<>();
    private final AtomicLong seqno;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder shed = new LongAdder();

    private PubSub(Host host, PrivateKey key, PubSubOptions options) {
        this.key = key;
        this.options = options;
        this.verifications = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
        this.seqno = new AtomicLong(options.clock().millis() * 1_000_000);
        Router router =
                new Router(
                        host.peerId(),
                        options.router(),
                        options.applicationScore(),
                        peer ->
                                options.peerRecords()
                                        .apply(peer)
                                        .map(kept -> ByteString.copyFrom(kept.encoded())),
                        options.random(),
                        options.nanoTime().getAsLong());
        this.loop = new RouterLoop(router, options.nanoTime(), this::perform);
        this.links = new Links(host, loop);
    }

    /**
     * Begins to take part.
     *
     * @param identify the host's, by which we learn who speaks gossipsub
     * @param key the host's, to sign what we publish; stays the caller's to close, after this
     */
    public static PubSub of(Host host, Identify identify, PrivateKey key, PubSubOptions options) {
        PubSub pubsub = new PubSub(host, key, options);
        pubsub.links.start(identify);
        pubsub.loop.start(options.router().gossip().heartbeat());
        return pubsub;
    }

    // ---- what the application does ----

    /**
     * Subscribes to a topic.
     *
     * @throws IllegalStateException if that has been done already, or there are too many topics
     */
    public Subscription join(Topic topic, Validator validator) {
        Subscription subscription =
                new Subscription(this, topic, options.subscriptionCapacity(), options.overflow());
        Joined fresh =
                new Joined(subscription, validator, new Semaphore(options.validations(), true));
        if (joined.putIfAbsent(topic, fresh) != null) {
            throw new IllegalStateException("subscribed to " + topic + " already");
        }
        try {
            loop.tell(new Event.Join(topic));
        } catch (RuntimeException e) {
            joined.remove(topic, fresh);
            throw e;
        }
        return subscription;
    }

    void leave(Subscription subscription) {
        Joined known = joined.get(subscription.topic());
        if (known != null && known.subscription().equals(subscription)) {
            joined.remove(subscription.topic(), known);
            loop.tell(new Event.Leave(subscription.topic()));
        }
        subscription.end();
    }

    /**
     * Signs and publishes; subscribing is not needed for that. Does not wait for any peer.
     *
     * @param data at most as many bytes as the options allow
     */
    public Published publish(Topic topic, byte[] data) {
        if (data.length > options.router().maxPayload()) {
            throw new IllegalArgumentException(
                    "a message has at most %d bytes, this one %d"
                            .formatted(options.router().maxPayload(), data.length));
        }
        Message message = StrictSign.sign(key, seqno.incrementAndGet(), topic, data);
        List<Effect> effects = loop.tell(new Event.Publish(message));
        int peers =
                (int)
                        effects.stream()
                                .filter(
                                        effect ->
                                                effect instanceof Effect.Send send
                                                        && send.rpc().messages().contains(message))
                                .count();
        return new Published(options.router().ids().of(message), peers);
    }

    /** The connected peers that subscribe to a topic. */
    public List<PeerId> peers(Topic topic) {
        return loop.ask(router -> router.subscribers(topic));
    }

    /** Those of them with whom we exchange whole messages; none if we do not subscribe. */
    public List<PeerId> mesh(Topic topic) {
        return loop.ask(router -> router.mesh(topic));
    }

    /**
     * Waits until at least so many connected peers subscribe to a topic.
     *
     * @return how many there are; fewer if the time is over
     */
    public int awaitPeers(Topic topic, int count, Duration limit) throws InterruptedException {
        return loop.await(router -> router.subscribers(topic).size(), size -> size >= count, limit);
    }

    /** The same for the mesh of a topic that we subscribe to. */
    public int awaitMesh(Topic topic, int count, Duration limit) throws InterruptedException {
        return loop.await(router -> router.mesh(topic).size(), size -> size >= count, limit);
    }

    /** Waits until something is true of the router; false if the time is over. */
    boolean await(Predicate<Router> claim, Duration limit) throws InterruptedException {
        return loop.await(claim::test, Boolean::booleanValue, limit);
    }

    /** What each connected peer is worth; below zero it is in no mesh. */
    public Map<PeerId, Double> scores() {
        long now = options.nanoTime().getAsLong();
        return loop.ask(router -> router.scores(now));
    }

    /** What it has done. */
    public PubSubCounts counts() {
        Map<Topic, Integer> meshes = new HashMap<>();
        for (Topic topic : joined.keySet()) {
            meshes.put(topic, mesh(topic).size());
        }
        Map<PeerId, Double> scores = scores();
        return new PubSubCounts(
                scores.size(),
                (int) scores.values().stream().filter(score -> score < 0).count(),
                meshes,
                delivered.sum(),
                refused.sum(),
                shed.sum());
    }

    // ---- what the router wants ----

    /** Runs under the router's lock, in the router's order; waits for nothing. */
    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Send send -> links.send(send.peer(), send.rpc());
            case Effect.Verify verify -> loop.run(() -> verify(verify.claimed()));
            case Effect.Validate validate -> validate(validate);
            case Effect.Deliver deliver -> {
                delivered.increment();
                Joined to = joined.get(deliver.message().topic());
                if (to != null) {
                    to.subscription()
                            .offer(
                                    received(
                                            deliver.message(),
                                            deliver.id(),
                                            deliver.author(),
                                            deliver.bringer()));
                }
            }
            case Effect.Shed(PeerId peer, String reason) -> {
                shed.increment();
                links.shed(peer, reason);
            }
            case Effect.Connect connect -> links.connect(connect.peer(), connect.peerRecord());
        }
    }

    private void verify(StrictSign.Claimed claimed) throws InterruptedException {
        boolean signed;
        verifications.acquire();
        try {
            signed = claimed.isSigned();
        } finally {
            verifications.release();
        }
        if (!signed) {
            refused.increment();
        }
        loop.tell(new Event.Verified(claimed.message(), signed));
    }

    private void validate(Effect.Validate validate) {
        Joined by = joined.get(validate.message().topic());
        loop.run(
                () -> {
                    Verdict verdict = verdict(by, validate);
                    if (verdict == Verdict.REJECT) {
                        refused.increment();
                    }
                    loop.tell(new Event.Validated(validate.message(), validate.id(), verdict));
                });
    }

    private static Verdict verdict(@Nullable Joined by, Effect.Validate validate)
            throws InterruptedException {
        if (by == null) {
            return Verdict.IGNORE; // left meanwhile
        }
        by.permits().acquire();
        try {
            return by.validator()
                    .validate(
                            received(
                                    validate.message(),
                                    validate.id(),
                                    validate.author(),
                                    validate.bringer()));
        } catch (RuntimeException e) {
            LOG.error("the validator of {} failed; its message is ignored", by, e);
            return Verdict.IGNORE;
        } finally {
            by.permits().release();
        }
    }

    private static ReceivedMessage received(
            Message message, MessageId id, PeerId author, PeerId bringer) {
        ByteString number = message.seqno();
        return new ReceivedMessage(
                message.topic(),
                id,
                author,
                bringer,
                number == null ? 0 : number.asReadOnlyByteBuffer().getLong(),
                message.payload());
    }

    /**
     * Leaves all topics, sends what is to be sent within {@link PubSubOptions#closeGrace}, and ends
     * the streams; connections stay. Idempotent.
     */
    @Override
    public void close() {
        joined.values().forEach(each -> leave(each.subscription()));
        links.drain(options.closeGrace());
        loop.close();
        links.close();
    }
}
