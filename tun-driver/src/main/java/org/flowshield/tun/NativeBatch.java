package org.flowshield.tun;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a driver asks of a batch before native code reads or writes it. Stateless. */
public final class NativeBatch {

    private NativeBatch() {}

    /**
     * Checks a batch that is to be written.
     *
     * @throws IllegalArgumentException if native code can't use it
     */
    public static void requireUsable(ByteBuffer batch) {
        if (!batch.isDirect() || batch.isReadOnly() || batch.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException("a batch is direct, writable and big-endian");
        }
    }

    /**
     * Checks a batch that is to be read into.
     *
     * @throws IllegalArgumentException if native code can't use it, or it has no room for one frame
     */
    public static void requireRoom(ByteBuffer batch) {
        requireUsable(batch);
        if (batch.remaining() < Frame.MAX) {
            throw new IllegalArgumentException("no room for a frame of " + Frame.MAX + " bytes");
        }
    }

    /**
     * The address of index 0. It is only good while the batch is strongly reachable: who uses it
     * puts a {@link java.lang.ref.Reference#reachabilityFence} behind the last use.
     */
    public static long address(ByteBuffer batch) {
        return MemorySegment.ofBuffer(batch).address() - batch.position();
    }
}
