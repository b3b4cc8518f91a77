package org.flowshield.libp2p.pubsub;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.mesh.RouterConfig;
import org.flowshield.libp2p.record.SignedEnvelope;

/**
 * How a node takes part. Immutable.
 *
 * @param router gossipsub's own parameters
 * @param validations how many validators of one topic run at a time
 * @param subscriptionCapacity messages that wait in a subscription
 * @param overflow what gives way above that
 * @param closeGrace for what is to be sent when pubsub closes
 * @param applicationScore what the application thinks of a peer (P5); quick, never throws
 * @param peerRecords signed records of peers, to name them to others in peer exchange
 * @param random for the choice of peers; safe for any thread
 * @param nanoTime a monotonic clock
 * @param clock for the first sequence number, so that those of one identity grow over restarts
 */
public record PubSubOptions(
        RouterConfig router,
        int validations,
        int subscriptionCapacity,
        Overflow overflow,
        Duration closeGrace,
        ToDoubleFunction<PeerId> applicationScore,
        Function<PeerId, Optional<SignedEnvelope>> peerRecords,
        RandomGenerator random,
        LongSupplier nanoTime,
        Clock clock) {

    /** Validators look into databases; more at a time would only queue there. */
    private static final int VALIDATIONS = 32;

    /** Half a second of messages at the rate that one peer may bring. */
    private static final int SUBSCRIPTION_CAPACITY = 1_024;

    /** Enough for some round trips; whoever does not read by then has lost interest. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

    public PubSubOptions {
        if (validations < 1 || subscriptionCapacity < 1) {
            throw new IllegalArgumentException("validators and subscriptions need some room");
        }
    }

    /** What fits most nodes. */
    public static PubSubOptions of(RandomGenerator random, LongSupplier nanoTime, Clock clock) {
        return new PubSubOptions(
                RouterConfig.DEFAULT,
                VALIDATIONS,
                SUBSCRIPTION_CAPACITY,
                Overflow.DROP_OLDEST,
                CLOSE_GRACE,
                peer -> 0,
                peer -> Optional.empty(),
                random,
                nanoTime,
                clock);
    }

    public PubSubOptions with(RouterConfig value) {
        return new PubSubOptions(
                value,
                validations,
                subscriptionCapacity,
                overflow,
                closeGrace,
                applicationScore,
                peerRecords,
                random,
                nanoTime,
                clock);
    }

    public PubSubOptions withSubscriptions(int capacity, Overflow rule) {
        return new PubSubOptions(
                router,
                validations,
                capacity,
                rule,
                closeGrace,
                applicationScore,
                peerRecords,
                random,
                nanoTime,
                clock);
    }

    public PubSubOptions withApplicationScore(ToDoubleFunction<PeerId> value) {
        return new PubSubOptions(
                router,
                validations,
                subscriptionCapacity,
                overflow,
                closeGrace,
                value,
                peerRecords,
                random,
                nanoTime,
                clock);
    }
}
