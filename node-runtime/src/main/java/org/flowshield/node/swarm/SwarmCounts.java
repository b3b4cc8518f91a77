package org.flowshield.node.swarm;

import org.flowshield.libp2p.kad.DhtCounts;
import org.flowshield.libp2p.pubsub.PubSubCounts;
import org.flowshield.node.swarm.reach.ReachProtocol;

/**
 * What a node has done among its peers since it joined them. Immutable.
 *
 * @param reach whether others get to it
 * @param dials what it dialled for others
 */
public record SwarmCounts(
        DhtCounts dht, PubSubCounts pubsub, Reach reach, ReachProtocol.Counts dials) {}
