package org.flowshield.libp2p.pubsub.score;

import java.time.Duration;
import java.util.Map;
import org.flowshield.libp2p.pubsub.wire.Topic;

/**
 * How behaviour counts (gossipsub 1.1, "Peer scoring"). Immutable.
 *
 * @param topics those that differ from {@code otherTopics}
 * @param otherTopics for every other topic
 * @param topicCap the most that all topics together can be worth
 * @param applicationWeight P5
 * @param colocationWeight P6
 * @param colocationThreshold peers at one address that are nobody's fault
 * @param behaviourWeight P7
 * @param behaviourThreshold breaches that are forgiven
 * @param behaviourDecay of the counter of breaches in each interval
 * @param decayInterval how often counters shrink
 * @param decayToZero below it a counter is zero
 * @param retain for how long a bad score outlives the connection
 */
public record ScoreParams(
        Map<Topic, TopicScoreParams> topics,
        TopicScoreParams otherTopics,
        double topicCap,
        double applicationWeight,
        double colocationWeight,
        int colocationThreshold,
        double behaviourWeight,
        double behaviourThreshold,
        double behaviourDecay,
        Duration decayInterval,
        double decayToZero,
        Duration retain) {

    /**
     * Ten peers at one address are forgiven: carriers put many subscribers behind one. Six breaches
     * are forgiven (go-libp2p), the tenth has a peer greylisted.
     */
    public static final ScoreParams DEFAULT =
            new ScoreParams(
                    Map.of(),
                    TopicScoreParams.DEFAULT,
                    50,
                    1,
                    -10,
                    10,
                    -10,
                    6,
                    0.98,
                    Duration.ofSeconds(1),
                    0.01,
                    Duration.ofHours(1));

    public ScoreParams {
        topics = Map.copyOf(topics);
        if (!(colocationWeight <= 0) || !(behaviourWeight <= 0) || !(applicationWeight >= 0)) {
            throw new IllegalArgumentException(
                    "penalties have negative weights, the application's is positive");
        }
        if (!(behaviourDecay > 0 && behaviourDecay < 1)) {
            throw new IllegalArgumentException("a decay is between 0 and 1");
        }
    }

    public TopicScoreParams of(Topic topic) {
        return topics.getOrDefault(topic, otherTopics);
    }

    public ScoreParams with(Map<Topic, TopicScoreParams> values) {
        return new ScoreParams(
                values,
                otherTopics,
                topicCap,
                applicationWeight,
                colocationWeight,
                colocationThreshold,
                behaviourWeight,
                behaviourThreshold,
                behaviourDecay,
                decayInterval,
                decayToZero,
                retain);
    }
}
