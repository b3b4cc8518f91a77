package org.flowshield.libp2p.kad.routing;

import java.time.Duration;

/**
 * The bounds of a routing table.
 *
 * @param bucketSize k of the specification
 * @param perNetwork peers of one /24 or /48 in the whole table
 * @param perNetworkAndBucket peers of one /24 or /48 in one bucket
 * @param fresh a peer that was of use within this time is not questioned when a newcomer wants its
 *     place
 */
public record TableLimits(int bucketSize, int perNetwork, int perNetworkAndBucket, Duration fresh) {

    /**
     * k is the specification's. Three of a network in the table and two in a bucket are
     * go-libp2p-kad-dht's numbers (which counts by /16): who rents two /24 gets six of the table's
     * places at most. Ten minutes is the time between two refreshes.
     */
    public static final TableLimits DEFAULT = new TableLimits(20, 3, 2, Duration.ofMinutes(10));

    public TableLimits {
        if (bucketSize < 1 || perNetwork < 1 || perNetworkAndBucket < 1 || fresh.isNegative()) {
            throw new IllegalArgumentException("a table without room");
        }
    }

    /** As many of a network as may come: for networks of one operator, and for laboratories. */
    public TableLimits withoutDiversity() {
        return new TableLimits(bucketSize, Integer.MAX_VALUE, Integer.MAX_VALUE, fresh);
    }
}
