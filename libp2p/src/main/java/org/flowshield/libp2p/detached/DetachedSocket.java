package org.flowshield.libp2p.detached;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connected socket without an event loop. One thread may read while another writes; {@link
 * #shutdown} may be called by a third.
 */
interface DetachedSocket extends AutoCloseable {

    /** For poll; -1 where there is no such number. */
    int descriptor();

    /**
     * Reads what is there into the room of a direct buffer, without waiting.
     *
     * @return bytes read; 0 if there are none now; -1 at the end
     */
    int read(ByteBuffer target) throws IOException;

    /** Writes as much of a direct buffer as the socket takes now; 0 if it is full. */
    int write(ByteBuffer source) throws IOException;

    /** No limit to a wait. */
    int FOREVER = -1;

    /**
     * Waits until there is something to read, or the end.
     *
     * @param orWritable true to return as well when the socket takes bytes
     * @param millis at the most, or {@link #FOREVER}
     * @return false if the time is over
     */
    boolean awaitReadable(boolean orWritable, int millis) throws IOException;

    /**
     * Waits until the socket takes bytes, or has failed.
     *
     * @param millis at the most, or {@link #FOREVER}
     */
    void awaitWritable(int millis) throws IOException;

    /** Ends our direction and makes every wait return; the descriptor stays. */
    void shutdown();

    /** Frees the descriptor. Nobody may be in another method. */
    @Override
    void close() throws IOException;
}
