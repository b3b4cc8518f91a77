package org.flowshield.libp2p.pubsub.score;

/**
 * From which score on a peer is trusted with what (gossipsub 1.1, "Score thresholds"). Immutable.
 *
 * @param gossip below it no gossip goes out to the peer, and none of its is heeded; negative
 * @param publish below it own messages do not go to the peer
 * @param greylist below it nothing of the peer's is heeded
 * @param acceptExchange from it on other peers that the peer names are tried
 * @param opportunisticGraft a mesh whose median is below it looks for better peers
 */
public record Thresholds(
        double gossip,
        double publish,
        double greylist,
        double acceptExchange,
        double opportunisticGraft) {

    /** In the proportions of {@link TopicScoreParams#DEFAULT}: one, two and three bad messages. */
    public static final Thresholds DEFAULT = new Thresholds(-10, -50, -80, 10, 1);

    public Thresholds {
        if (!(gossip < 0 && publish <= gossip && greylist < publish)) {
            throw new IllegalArgumentException(
                    "thresholds fall from gossip (negative) over publish to greylist");
        }
        if (!(acceptExchange >= 0 && opportunisticGraft >= 0)) {
            throw new IllegalArgumentException(
                    "only good peers name others, and a mesh of good ones is left alone");
        }
    }
}
