package org.flowshield.libp2p.detached;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The raw descriptor of a channel that was deregistered from epoll; stays non-blocking. */
final class UnixSocket implements DetachedSocket {

    private static final Logger LOG = LoggerFactory.getLogger(UnixSocket.class);

    private final Socket socket;
    private final Poll reading;
    private final Poll writing;

    UnixSocket(Socket socket) {
        this.socket = socket;
        this.reading = new Poll(socket.intValue());
        this.writing = new Poll(socket.intValue());
    }

    @Override
    public int descriptor() {
        return socket.intValue();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = socket.read(target, target.position(), target.limit());
        if (count > 0) {
            target.position(target.position() + count);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = socket.write(source, source.position(), source.limit());
        if (count > 0) {
            source.position(source.position() + count);
        }
        return count;
    }

    @Override
    public boolean awaitReadable(boolean orWritable, int millis) throws IOException {
        return reading.await(
                orWritable ? (short) (Poll.POLLIN | Poll.POLLOUT) : Poll.POLLIN, millis);
    }

    @Override
    public void awaitWritable(int millis) throws IOException {
        var _ = writing.await(Poll.POLLOUT, millis);
    }

    @Override
    public void shutdown() {
        try {
            socket.shutdown();
        } catch (IOException | NotYetConnectedException e) {
            LOG.debug("{} was not connected any more", socket, e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
