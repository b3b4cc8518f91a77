package org.flowshield.libp2p.detached;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One yamux stream on a connection of its own, driven by two threads of the owner: one reads the
 * socket, opens records and unpacks frames; one packs, seals and writes. No event loop, no
 * hand-over between threads.
 *
 * <p>On the wire it is still an ordinary libp2p connection. Pings are answered, windows are granted
 * (the socket's own flow control is what holds a fast sender back), new streams are refused.
 */
public interface DetachedStream extends AutoCloseable {

    /** The socket, for poll; -1 where the platform has no such number. */
    int descriptor();

    /**
     * Gives the bytes received and not yet consumed, at least {@code wanted} of them, as a view of
     * one direct buffer. What the caller reads from the view (its position) is consumed by the next
     * call; the view is invalid from then on. Reading thread only.
     *
     * @param wanted at most {@link #MAX_WANTED}
     * @param block false to return null at once when fewer have arrived
     * @return null if {@code block} is false and fewer have arrived
     * @throws java.io.EOFException at the peer's end of writing
     */
    @Nullable ByteBuffer receive(int wanted, boolean block) throws IOException;

    /**
     * The largest run of bytes that {@link #receive} can be asked for: a 64 KiB packet and its
     * header, with room.
     */
    int MAX_WANTED = 128 * 1024;

    /**
     * A direct buffer for the bytes of the next {@link #send}; cleared, with room for headers
     * before its position. Writing thread only.
     */
    ByteBuffer sendBuffer();

    /**
     * Sends what was put into {@link #sendBuffer} as one frame; blocks while the socket is full.
     * Writing thread only.
     */
    void send() throws IOException;

    /** Closes the socket; both threads' calls fail from then on. Idempotent, any thread. */
    @Override
    void close();
}
