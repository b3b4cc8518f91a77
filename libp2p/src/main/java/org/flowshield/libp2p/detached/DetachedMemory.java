package org.flowshield.libp2p.detached;

import java.nio.ByteBuffer;

/**
 * The buffers of all detached connections of this process: memory belongs to the process, however
 * many hosts it has. A connection that is idle holds none of them; a reading one borrows a set
 * while there is something to read, a writing one while the socket has not taken all.
 *
 * <p>Reading: {@link #READING_SETS} at a time; a connection for which there is none waits for
 * another's. Writing: no limit of its own, because a sender never waits; it is the socket's owner
 * who bounds how many connections may be jammed. Safe for use by any thread.
 */
public final class DetachedMemory {

    /** What one read of the socket asks for; more does not stay in a core's cache. */
    private static final int CIPHER_BYTES = 256 * 1024;

    /** Room for the longest run wanted, the longest record of any cipher, and some records more. */
    private static final int PLAIN_BYTES = DetachedStream.MAX_WANTED + 384 * 1024;

    /**
     * 24 MiB: many times the cores of any machine, so that who has work hardly ever waits; little
     * beside what the sockets of so many busy connections take in the kernel.
     */
    static final int READING_SETS = 32;

    /** The largest send of every cipher that we have, sealed, with answers. */
    static final int RECORD_BYTES = 192 * 1024;

    /** 3 MiB; a connection returns its buffer with each send that the socket takes whole. */
    private static final int RECORDS_KEPT = 16;

    /** 6 MiB; a crowd that comes at once does not make the process larger for good. */
    private static final int READING_KEPT = 8;

    static final DetachedMemory PROCESS = new DetachedMemory();

    private final BufferPool<Reading> reading =
            new BufferPool<>(
                    Reading::allocate, CIPHER_BYTES + PLAIN_BYTES, READING_SETS, READING_KEPT);
    private final BufferPool<ByteBuffer> records =
            new BufferPool<>(
                    () -> ByteBuffer.allocateDirect(RECORD_BYTES),
                    RECORD_BYTES,
                    Integer.MAX_VALUE,
                    RECORDS_KEPT);

    DetachedMemory() {}

    /** What a reading connection works in: records as they came, and what was in them. */
    record Reading(ByteBuffer ciphertext, ByteBuffer plain) {

        static final Reading NONE =
                new Reading(ByteBuffer.allocateDirect(0), ByteBuffer.allocateDirect(0));

        private static Reading allocate() {
            return new Reading(
                    ByteBuffer.allocateDirect(CIPHER_BYTES),
                    ByteBuffer.allocateDirect(PLAIN_BYTES));
        }
    }

    /** Bytes of the buffers that connections of this process hold now. */
    public static long heldBytes() {
        return PROCESS.reading.lentBytes() + PROCESS.records.lentBytes();
    }

    BufferPool<Reading> reading() {
        return reading;
    }

    BufferPool<ByteBuffer> records() {
        return records;
    }
}
