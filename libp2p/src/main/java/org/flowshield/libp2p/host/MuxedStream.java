package org.flowshield.libp2p.host;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.resource.ConnectionScope;
import org.flowshield.libp2p.yamux.YamuxStream;
import org.jspecify.annotations.Nullable;

/** A stream on yamux; blocks its callers on the {@link StreamInbox} at its pipeline's end. */
final class MuxedStream implements Stream {

    private final MuxedConnection connection;
    private final YamuxStream channel;
    private final ProtocolId protocol;
    private final StreamInbox inbox;
    private final ConnectionScope scope;

    /** The last write under way; the writing thread's. */
    private @Nullable ChannelFuture written;

    private volatile boolean detached;

    MuxedStream(
            MuxedConnection connection,
            YamuxStream channel,
            ProtocolId protocol,
            StreamInbox inbox,
            ConnectionScope scope) {
        this.connection = connection;
        this.channel = channel;
        this.protocol = protocol;
        this.inbox = inbox;
        this.scope = scope;
    }

    @Override
    public ProtocolId protocol() {
        return protocol;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return inbox.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            inbox.awaitWritable();
            if (channel.isOutputShutdown()) {
                throw new ClosedChannelException();
            }
            int part = Math.min(source.remaining(), HostLimits.WRITE_CHUNK);
            if (!scope.mayWrite(part)) {
                awaitWritten();
                part = Math.min(part, HostLimits.SCARCE_WRITE_CHUNK);
            }
            ByteBuf bytes = channel.alloc().directBuffer(part, part);
            bytes.writeBytes(source.slice(source.position(), part));
            source.position(source.position() + part);
            write(bytes, part);
        }
    }

    private void write(ByteBuf bytes, int length) {
        scope.unsent(length);
        written = channel.writeAndFlush(bytes).addListener(done -> scope.unsent(-length));
    }

    /** Until nothing of this stream waits: what a stream may have when others have used up all. */
    private void awaitWritten() throws IOException {
        ChannelFuture last = written;
        if (last == null) {
            return;
        }
        try {
            last.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the peer");
        }
    }

    @Override
    public InputStream input() {
        return new Input();
    }

    @Override
    public OutputStream output() {
        return new Output();
    }

    @Override
    public void closeWrite() {
        if (!detached) {
            channel.shutdownOutput();
        }
    }

    @Override
    public void reset() {
        if (!detached) {
            channel.reset();
            inbox.close();
        }
    }

    @Override
    public void close() {
        if (!detached) {
            channel.close();
            inbox.close();
        }
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void attach(ChannelHandler handler) {
        channel.eventLoop()
                .execute(
                        () -> {
                            channel.pipeline().addLast(handler);
                            inbox.handOver();
                            channel.config().setAutoRead(true);
                        });
    }

    YamuxStream yamux() {
        return channel;
    }

    StreamInbox inbox() {
        return inbox;
    }

    void detached() {
        detached = true;
    }

    @Override
    public String toString() {
        return protocol + " with " + connection.remotePeer();
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return MuxedStream.this.read(ByteBuffer.wrap(target, offset, length));
        }

        @Override
        public void close() {
            MuxedStream.this.close();
        }
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            MuxedStream.this.write(ByteBuffer.wrap(source, offset, length));
        }

        @Override
        public void close() {
            closeWrite();
        }
    }
}
