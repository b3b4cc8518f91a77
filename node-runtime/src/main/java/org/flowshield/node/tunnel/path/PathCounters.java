package org.flowshield.node.tunnel.path;

import java.util.List;

/**
 * What one side of a session has carried so far. Immutable.
 *
 * @param sentBytes of inner IP packets that went into the lanes
 * @param sentPackets as the device gave them: a super-packet counts once
 * @param receivedBytes of inner IP packets that came out of the lanes and were good
 * @param receivedPackets as they came: a super-packet counts once
 * @param dropped packets in either direction that were refused or for which a queue had no room
 * @param forged of those dropped, packets of the peer whose inner address it has no right to
 */
public record PathCounters(
        long sentBytes,
        long sentPackets,
        long receivedBytes,
        long receivedPackets,
        long dropped,
        long forged) {

    public static final PathCounters ZERO = new PathCounters(0, 0, 0, 0, 0, 0);

    /** Sums up lanes. */
    static PathCounters of(
            List<LaneSender> senders, List<LaneReceiver> receivers, long alsoDropped) {
        long forged = receivers.stream().mapToLong(LaneReceiver::refused).sum();
        return new PathCounters(
                senders.stream().mapToLong(LaneSender::sentBytes).sum(),
                senders.stream().mapToLong(LaneSender::sentPackets).sum(),
                receivers.stream().mapToLong(LaneReceiver::receivedBytes).sum(),
                receivers.stream().mapToLong(LaneReceiver::receivedPackets).sum(),
                alsoDropped + senders.stream().mapToLong(LaneSender::dropped).sum() + forged,
                forged);
    }

    /** Both together. */
    public PathCounters plus(PathCounters other) {
        return new PathCounters(
                sentBytes + other.sentBytes,
                sentPackets + other.sentPackets,
                receivedBytes + other.receivedBytes,
                receivedPackets + other.receivedPackets,
                dropped + other.dropped,
                forged + other.forged);
    }

    public PathCounters {
        if (sentBytes < 0
                || sentPackets < 0
                || receivedBytes < 0
                || receivedPackets < 0
                || dropped < forged
                || forged < 0) {
            throw new IllegalArgumentException("counters only grow");
        }
    }
}
