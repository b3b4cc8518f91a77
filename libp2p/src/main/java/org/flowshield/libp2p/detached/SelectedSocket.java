package org.flowshield.libp2p.detached;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JDK socket channel with a selector for each of its two threads: where there is no epoll. */
final class SelectedSocket implements DetachedSocket {

    private static final Logger LOG = LoggerFactory.getLogger(SelectedSocket.class);

    private final SocketChannel channel;
    private final Selector reading;
    private final Selector writing;
    private final SelectionKey readingKey;

    SelectedSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.reading = Selector.open();
        this.writing = Selector.open();
        this.readingKey = channel.register(reading, SelectionKey.OP_READ);
        channel.register(writing, SelectionKey.OP_WRITE);
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public boolean awaitReadable(boolean orWritable, int millis) throws IOException {
        readingKey.interestOps(
                orWritable ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        int ready = reading.select(Math.max(millis, 0)); // 0 is for ever
        reading.selectedKeys().clear();
        return ready > 0;
    }

    @Override
    public void awaitWritable(int millis) throws IOException {
        writing.select(Math.max(millis, 0)); // 0 is for ever
        writing.selectedKeys().clear();
    }

    @Override
    public void shutdown() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("{} was not connected any more", channel, e);
        }
        reading.wakeup();
        writing.wakeup();
    }

    @Override
    public void close() throws IOException {
        reading.close();
        writing.close();
        channel.close();
    }
}
