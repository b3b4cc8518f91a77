package org.flowshield.node.market.heartbeat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.node.market.Newcomers;
import org.flowshield.node.market.NodeRates;

/**
 * Which heartbeats are passed on: those that a node says of itself, once, now, and not too often.
 * What costs nothing is looked at first. Safe for use by any thread.
 */
public final class HeartbeatValidator implements Validator {

    /** Heartbeats come each 10 s; a clock may be slow. */
    private static final Duration INTERVAL = Duration.ofSeconds(8);

    /** What was held up on its way comes at once. */
    private static final int BURST = 4;

    private final NodeRates rates;
    private final Newcomers newcomers;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Consumer<SignedHeartbeat> accepted;

    /** Guarded by itself. */
    private final Pulse pulse;

    /**
     * @param clock of the wall
     * @param nanoTime a monotonic clock
     * @param accepted gets each that is good, verified, on the thread that verified it, before it
     *     is passed on; must not wait for long
     */
    public HeartbeatValidator(
            InstantSource clock, LongSupplier nanoTime, Consumer<SignedHeartbeat> accepted) {
        this(clock, nanoTime, accepted, Newcomers.RELAYED_NODES);
    }

    HeartbeatValidator(
            InstantSource clock,
            LongSupplier nanoTime,
            Consumer<SignedHeartbeat> accepted,
            int maxNodes) {
        this.rates = new NodeRates(INTERVAL, BURST, maxNodes);
        this.newcomers = new Newcomers();
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.accepted = accepted;
        this.pulse = new Pulse(maxNodes);
    }

    @Override
    public Verdict validate(ReceivedMessage message) {
        byte[] data = message.data();
        if (data.length > SignedHeartbeat.MAX_LENGTH) {
            return Verdict.REJECT;
        }
        long nanos = nanoTime.getAsLong();
        if (!rates.knows(message.author()) && !newcomers.take(message.bringer(), nanos)) {
            return Verdict.IGNORE;
        }
        if (!rates.take(message.author(), nanos)) {
            return Verdict.IGNORE;
        }
        SignedHeartbeat heartbeat;
        try {
            heartbeat = SignedHeartbeat.open(data);
        } catch (MalformedHeartbeatException e) {
            return Verdict.REJECT;
        }
        if (!heartbeat.node().peer().equals(message.author())) {
            return Verdict.REJECT; // nobody lives for another
        }
        if (!isNews(heartbeat)) {
            return Verdict.IGNORE;
        }
        accepted.accept(heartbeat);
        return Verdict.ACCEPT;
    }

    private boolean isNews(SignedHeartbeat heartbeat) {
        synchronized (pulse) {
            return pulse.hear(heartbeat, clock.instant()) == Pulse.Outcome.ACCEPTED;
        }
    }
}
