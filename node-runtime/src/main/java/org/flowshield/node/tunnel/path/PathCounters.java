package org.flowshield.node.tunnel.path;

/**
 * What one side of a session has carried so far. Immutable.
 *
 * @param sentBytes of inner IP packets that went into the lanes
 * @param sentPackets as the device gave them: a super-packet counts once
 * @param receivedBytes of inner IP packets that came out of the lanes and were good
 * @param receivedPackets as they came: a super-packet counts once
 * @param dropped packets in either direction that were refused or for which a queue had no room
 */
public record PathCounters(
        long sentBytes, long sentPackets, long receivedBytes, long receivedPackets, long dropped) {

    public static final PathCounters ZERO = new PathCounters(0, 0, 0, 0, 0);

    public PathCounters {
        if (sentBytes < 0
                || sentPackets < 0
                || receivedBytes < 0
                || receivedPackets < 0
                || dropped < 0) {
            throw new IllegalArgumentException("counters only grow");
        }
    }
}
