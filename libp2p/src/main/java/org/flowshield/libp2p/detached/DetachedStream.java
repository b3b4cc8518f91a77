package org.flowshield.libp2p.detached;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One yamux stream on a connection of its own, driven by two threads of the owner: one reads the
 * socket, opens records and unpacks frames; one packs, seals and writes. No event loop, no
 * hand-over between threads.
 *
 * <p>Both threads are needed: what the peer grants to the sending thread is found by the reading
 * one, which must call {@link #receive} again and again even if nothing is expected. Platform
 * threads, because waiting blocks them in the kernel.
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
     * Gives back the memory that reading works in until the next {@link #receive}, for a reader
     * that will do something else for a while; one that waits in {@link #receive} need not care.
     * What was received and not consumed is kept aside. The last view is invalid. Reading thread
     * only.
     */
    void rest();

    /**
     * Reads about so many bytes of the socket at a time, so that not much is received when a reader
     * rests. Reading thread only.
     *
     * @param bytes more than 0
     */
    void readAtMost(int bytes);

    /**
     * The largest run of bytes that {@link #receive} can be asked for: a 64 KiB packet and its
     * header, with room.
     */
    int MAX_WANTED = 128 * 1024;

    /** The room that {@link #send} needs before the source's position. */
    int HEADROOM = 12;

    /**
     * Sends the bytes between the source's position and limit as one frame and consumes them.
     * Nothing is copied before it is sealed. One thread at a time.
     *
     * @param source direct, big-endian, at most {@link #MAX_SEND} bytes; the {@link #HEADROOM}
     *     bytes before its position are overwritten
     * @param block true to wait while the socket is full
     * @return false if {@code block} is false and part of the sealed bytes still waits for the
     *     socket (or, with a peer that is not detached, for its window): then call {@link #flush}
     *     until it returns true before the next send
     */
    boolean send(ByteBuffer source, boolean block) throws IOException;

    /**
     * Goes on with what {@link #send} left. The sending thread, or another that takes its place
     * meanwhile.
     *
     * @param block true to wait until all is with the socket
     * @return true if nothing waits any more
     */
    boolean flush(boolean block) throws IOException;

    /**
     * Waits until what {@link #send} left can go on, because the socket takes bytes again or the
     * peer's window has opened, or so much time has passed; for a sender that would rather wait a
     * little than give the sending to another thread. A sender that polls the descriptor instead
     * would spin on a socket with room while the window is closed. The sending thread.
     *
     * @param millis more than 0
     */
    void awaitRoom(int millis) throws IOException;

    /**
     * The most that one {@link #send} takes: a few of the longest packets; larger batches no longer
     * fit a core's cache.
     */
    int MAX_SEND = 128 * 1024;

    /**
     * Tells the peer, wakes both threads, whose calls fail from then on, and frees the descriptor
     * when neither is inside a call. A thread that polls {@link #descriptor} itself must have let
     * go of it. Idempotent, any thread.
     */
    @Override
    void close();
}
