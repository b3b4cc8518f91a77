package org.flowshield.libp2p.pubsub;

import java.util.Map;
import org.flowshield.libp2p.pubsub.wire.Topic;

/**
 * What a node of pubsub has done since it began. Immutable.
 *
 * @param peers that speak pubsub with it now
 * @param outcasts of them, those whose score keeps them out of every mesh
 * @param meshes peers with whom whole messages of a topic are exchanged now, for each topic that it
 *     subscribes to
 * @param delivered messages of others that were accepted
 * @param refused messages that were badly signed, or that a validator rejected
 * @param shed peers that were thrown out for what they did
 */
public record PubSubCounts(
        int peers,
        int outcasts,
        Map<Topic, Integer> meshes,
        long delivered,
        long refused,
        long shed) {

    public PubSubCounts {
        meshes = Map.copyOf(meshes);
    }
}
