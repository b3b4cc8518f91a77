package org.flowshield.libp2p.host;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.flowshield.libp2p.multistream.ProtocolId;

/**
 * One bidirectional flow of bytes with its own flow control, inside a connection.
 *
 * <p>One thread may read while another writes. The blocking methods are meant for virtual threads.
 * Code on the hot path can use {@link #channel()} instead; then the blocking reads must not be
 * used.
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

    /** The Netty channel of this stream, for handlers that run on the connection's event loop. */
    Channel channel();
}
