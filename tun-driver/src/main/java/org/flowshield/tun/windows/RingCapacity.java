package org.flowshield.tun.windows;

import org.flowshield.tun.TunSettings;

/** How large the driver's two rings are. Stateless. */
final class RingCapacity {

    /** The driver keeps each packet's length in four bytes before it. */
    private static final int PACKET_HEADER = 4;

    /** And begins each packet at a multiple of four. */
    private static final int ALIGNMENT = 4;

    private RingCapacity() {}

    /**
     * The smallest ring that has room for as many of the longest packets as may wait: the driver
     * takes powers of two from 128 KiB to 64 MiB.
     */
    static int of(TunSettings settings) {
        long packet = PACKET_HEADER + Math.ceilDiv(settings.mtu(), ALIGNMENT) * (long) ALIGNMENT;
        long wished = packet * settings.queueLength();
        long bounded =
                Math.clamp(wished, (long) Wintun.MIN_RING_CAPACITY, Wintun.MAX_RING_CAPACITY);
        long below = Long.highestOneBit(bounded);
        return Math.toIntExact(below == bounded ? bounded : below << 1);
    }
}
