package org.flowshield.libp2p.host;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.flowshield.libp2p.multistream.ProtocolId;

/**
 * One bidirectional flow of bytes with its own flow control, inside a connection.
 *
 * <p>One thread may read while another writes. The blocking methods are meant for virtual threads.
 * Code on the hot path can {@link #attach} a Netty handler instead; then the blocking methods must
 * not be used.
 */
public interface Stream extends AutoCloseable {

    ProtocolId protocol();

    Connection connection();

    /** Reads at least one byte; blocks. Returns -1 after the peer's last byte. */
    int read(ByteBuffer target) throws IOException;

    /** Writes all of {@code source}; blocks while the peer's window is closed. */
    void write(ByteBuffer source) throws IOException;

    InputStream input();

    OutputStream output();

    /** Says that no more bytes will be written; reading goes on. */
    void closeWrite() throws IOException;

    /** Ends both directions at once; what is not yet sent or read is lost. */
    void reset();

    /** Closes both directions; bytes already written are still delivered. Idempotent. */
    @Override
    void close();

    /**
     * The Netty channel of this stream. To read by a handler, {@link #attach} it: a handler that is
     * merely added sees nothing.
     */
    Channel channel();

    /**
     * Gives the stream to a handler at the end of its channel's pipeline, on the connection's event
     * loop. Bytes that have arrived before are fired to it first; nobody may be reading.
     */
    void attach(ChannelHandler handler);
}
