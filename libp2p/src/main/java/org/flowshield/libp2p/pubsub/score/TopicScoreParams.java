package org.flowshield.libp2p.pubsub.score;

import java.time.Duration;

/**
 * How behaviour in one topic counts (gossipsub 1.1, "Topic parameters"). Immutable.
 *
 * @param weight of the topic in a peer's score
 * @param meshTime P1
 * @param firstDeliveries P2
 * @param meshDeliveries P3
 * @param meshFailures P3b
 * @param invalidMessages P4
 */
public record TopicScoreParams(
        double weight,
        MeshTime meshTime,
        FirstDeliveries firstDeliveries,
        MeshDeliveries meshDeliveries,
        MeshFailures meshFailures,
        InvalidMessages invalidMessages) {

    /** P1: who has been in the mesh for longer is worth a little more. */
    public record MeshTime(double weight, Duration quantum, double cap) {
        public MeshTime {
            atLeastZero(weight);
        }
    }

    /**
     * P2: who brings messages first. The counter is multiplied by {@code decay} in each interval.
     */
    public record FirstDeliveries(double weight, double decay, double cap) {
        public FirstDeliveries {
            atLeastZero(weight);
            decays(decay);
        }
    }

    /**
     * P3: who brings less than it should. Only for topics with a known rate of messages; a weight
     * of zero leaves it out.
     *
     * @param window for how long after a message was first validated a copy still counts
     * @param activation for how long a peer is in the mesh before this counts
     */
    public record MeshDeliveries(
            double weight,
            double decay,
            double cap,
            double threshold,
            Duration window,
            Duration activation) {
        public MeshDeliveries {
            atMostZero(weight);
            decays(decay);
        }
    }

    /** P3b: what was missing when a peer left the mesh, so that leaving does not clear it. */
    public record MeshFailures(double weight, double decay) {
        public MeshFailures {
            atMostZero(weight);
            decays(decay);
        }
    }

    /** P4: who brings messages that are refused. */
    public record InvalidMessages(double weight, double decay) {
        public InvalidMessages {
            atMostZero(weight);
            decays(decay);
        }
    }

    /**
     * For a topic whose rate nobody knows: P3 is off. The first refused message outweighs the best
     * that a peer can have earned, the third has it greylisted for a minute; one is forgiven after
     * a minute too. What is good adds up to 13 at most.
     */
    public static final TopicScoreParams DEFAULT =
            new TopicScoreParams(
                    1,
                    new MeshTime(0.01, Duration.ofSeconds(1), 300),
                    new FirstDeliveries(0.5, 0.9, 20),
                    new MeshDeliveries(
                            0, 0.95, 100, 20, Duration.ofMillis(500), Duration.ofSeconds(30)),
                    new MeshFailures(0, 0.95),
                    new InvalidMessages(-20, 0.98));

    public TopicScoreParams withMeshDeliveries(MeshDeliveries deliveries, MeshFailures failures) {
        return new TopicScoreParams(
                weight, meshTime, firstDeliveries, deliveries, failures, invalidMessages);
    }

    private static void atLeastZero(double weight) {
        if (!(weight >= 0)) {
            throw new IllegalArgumentException("a weight of what is good is not " + weight);
        }
    }

    private static void atMostZero(double weight) {
        if (!(weight <= 0)) {
            throw new IllegalArgumentException("a weight of what is bad is not " + weight);
        }
    }

    private static void decays(double decay) {
        if (!(decay > 0 && decay < 1)) {
            throw new IllegalArgumentException("a decay is between 0 and 1, not " + decay);
        }
    }
}
