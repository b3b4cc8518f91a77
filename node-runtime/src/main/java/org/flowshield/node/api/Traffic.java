package org.flowshield.node.api;

/**
 * What was carried so far, seen from the node that tells it. Immutable.
 *
 * @param sentBytes of inner IP packets that went into the tunnel
 * @param sentPackets a super-packet counts once
 * @param receivedBytes of inner IP packets that came out of the tunnel and were good
 * @param receivedPackets a super-packet counts once
 * @param dropped packets in either direction that were refused or for which a queue had no room
 */
public record Traffic(
        long sentBytes, long sentPackets, long receivedBytes, long receivedPackets, long dropped) {

    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);
}
