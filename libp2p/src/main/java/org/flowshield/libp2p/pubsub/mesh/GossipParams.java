package org.flowshield.libp2p.pubsub.mesh;

import java.time.Duration;

/**
 * Gossipsub's parameters, by the names of the specification's table. Immutable.
 *
 * @param degree D: how many peers a mesh should have
 * @param degreeLow D_lo: fewer are too few
 * @param degreeHigh D_hi: as many are too many
 * @param degreeScore D_score: how many of the best stay when there are too many
 * @param degreeOut D_out: how many we have dialled ourselves, so that nobody surrounds us
 * @param degreeLazy D_lazy: how many are told at least what messages there are
 * @param gossipFactor which part of the others is told
 * @param heartbeat how often meshes are looked after
 * @param historyWindows for how many heartbeats messages can be asked for
 * @param gossipWindows of how many heartbeats messages are told
 * @param fanoutTtl for how long peers for a topic that we only publish to are kept
 * @param seenTtl for how long a message is known as one that was there
 * @param pruneBackoff for how long nobody asks to come back after a PRUNE
 * @param unsubscribeBackoff the same after leaving a topic
 * @param graftFlood a GRAFT sooner than this after a PRUNE is a second breach
 * @param iwantFollowUp for how long we wait for what was promised
 * @param opportunisticGraftTicks every so many heartbeats a mesh of poor peers is improved
 * @param opportunisticGraftPeers by so many
 * @param floodPublish true if own messages go to all peers of a topic
 * @param peerExchange true if a PRUNE names other peers, and those that are named are tried
 */
public record GossipParams(
        int degree,
        int degreeLow,
        int degreeHigh,
        int degreeScore,
        int degreeOut,
        int degreeLazy,
        double gossipFactor,
        Duration heartbeat,
        int historyWindows,
        int gossipWindows,
        Duration fanoutTtl,
        Duration seenTtl,
        Duration pruneBackoff,
        Duration unsubscribeBackoff,
        Duration graftFlood,
        Duration iwantFollowUp,
        int opportunisticGraftTicks,
        int opportunisticGraftPeers,
        boolean floodPublish,
        boolean peerExchange) {

    /** go-libp2p's values; peer exchange is off, as there. */
    public static final GossipParams DEFAULT =
            new GossipParams(
                    6,
                    5,
                    12,
                    4,
                    2,
                    6,
                    0.25,
                    Duration.ofSeconds(1),
                    5,
                    3,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(3),
                    60,
                    2,
                    true,
                    false);

    public GossipParams {
        boolean ordered =
                0 < degreeLow
                        && degreeLow <= degree
                        && degree <= degreeHigh
                        && degreeScore <= degree
                        && degreeOut < degreeLow
                        && degreeOut <= degree / 2;
        if (!ordered) {
            throw new IllegalArgumentException(
                    "a mesh's sizes must be 0 < low <= degree <= high, score <= degree,"
                            + " out < low, out <= degree/2");
        }
        if (gossipWindows > historyWindows || heartbeat.isZero() || heartbeat.isNegative()) {
            throw new IllegalArgumentException(
                    "what is told must still be there, and heartbeats take time");
        }
    }

    public GossipParams withHeartbeat(Duration value) {
        return new GossipParams(
                degree,
                degreeLow,
                degreeHigh,
                degreeScore,
                degreeOut,
                degreeLazy,
                gossipFactor,
                value,
                historyWindows,
                gossipWindows,
                fanoutTtl,
                seenTtl,
                pruneBackoff,
                unsubscribeBackoff,
                graftFlood,
                iwantFollowUp,
                opportunisticGraftTicks,
                opportunisticGraftPeers,
                floodPublish,
                peerExchange);
    }

    public GossipParams withFloodPublish(boolean value) {
        return new GossipParams(
                degree,
                degreeLow,
                degreeHigh,
                degreeScore,
                degreeOut,
                degreeLazy,
                gossipFactor,
                heartbeat,
                historyWindows,
                gossipWindows,
                fanoutTtl,
                seenTtl,
                pruneBackoff,
                unsubscribeBackoff,
                graftFlood,
                iwantFollowUp,
                opportunisticGraftTicks,
                opportunisticGraftPeers,
                value,
                peerExchange);
    }

    public GossipParams withPeerExchange(boolean value) {
        return new GossipParams(
                degree,
                degreeLow,
                degreeHigh,
                degreeScore,
                degreeOut,
                degreeLazy,
                gossipFactor,
                heartbeat,
                historyWindows,
                gossipWindows,
                fanoutTtl,
                seenTtl,
                pruneBackoff,
                unsubscribeBackoff,
                graftFlood,
                iwantFollowUp,
                opportunisticGraftTicks,
                opportunisticGraftPeers,
                floodPublish,
                value);
    }
}
