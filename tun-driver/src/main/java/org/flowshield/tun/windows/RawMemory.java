package org.flowshield.tun.windows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory by its address, for packets in the driver's rings: nothing is allocated for a packet.
 * Nothing is checked either; callers have bounded addresses and lengths.
 */
final class RawMemory {

    @SuppressWarnings("restricted") // the rings are the driver's memory: only addresses are known
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private RawMemory() {}

    static void copy(long from, long to, long length) {
        MemorySegment.copy(ALL, from, ALL, to, length);
    }

    /** A DWORD. */
    static int getInt(long address) {
        return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
    }

    /** A WCHAR. */
    static char getChar(long address) {
        return ALL.get(ValueLayout.JAVA_CHAR_UNALIGNED, address);
    }
}
