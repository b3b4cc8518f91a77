package org.flowshield.libp2p.detached;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.libp2p.security.RecordCipher;
import org.flowshield.libp2p.yamux.DetachedSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A detached stream: two halves on one socket. Each half has a lock that its thread alone takes, so
 * that closing can wait until nobody uses the descriptor any more.
 */
final class SocketStream implements DetachedStream {

    private static final Logger LOG = LoggerFactory.getLogger(SocketStream.class);

    /**
     * How long a reader with buffers waits for more before it gives them back: longer than the
     * pauses of traffic that flows, so that a busy lane borrows once.
     */
    private static final int LINGER_MILLIS = 100;

    private final DetachedSocket socket;
    private final RecordCipher cipher;
    private final DetachedMemory memory;
    private final Outbound outbound;
    private final Inbound inbound;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Held while reading. */
    private final ReentrantLock receiving = new ReentrantLock();

    SocketStream(
            DetachedSocket socket,
            RecordCipher cipher,
            DetachedSession session,
            ByteBuf early,
            DetachedMemory memory,
            Runnable onClose)
            throws IOException {
        this.socket = socket;
        this.cipher = cipher;
        this.memory = memory;
        this.outbound = new Outbound(socket, cipher, session, memory.records());
        this.inbound = new Inbound(socket, cipher, session, early, outbound, memory.reading());
        this.onClose = onClose;
        inbound.open();
        outbound.answerNow();
    }

    @Override
    public int descriptor() {
        return closed.get() ? -1 : socket.descriptor();
    }

    @Override
    public @Nullable ByteBuffer receive(int wanted, boolean block) throws IOException {
        if (wanted > MAX_WANTED) {
            throw new IllegalArgumentException(wanted + " bytes at once are too many");
        }
        receiving.lock();
        try {
            while (true) {
                checkOpen();
                ByteBuffer view = inbound.receive(wanted);
                outbound.answerNow();
                if (view == null && !block) {
                    inbound.rest();
                }
                if (view != null || !block) {
                    return view;
                }
                awaitReadable();
            }
        } catch (IOException e) {
            throw closed.get() ? new ClosedChannelException() : e;
        } finally {
            receiving.unlock();
        }
    }

    private void awaitReadable() throws IOException {
        boolean orWritable = outbound.wantsWritable();
        boolean stays = inbound.holdsBuffers() && !memory.reading().isScarce();
        if (!stays || !socket.awaitReadable(orWritable, LINGER_MILLIS)) {
            inbound.rest();
            // What woke the first wait does not wake a second.
            if (!closed.get()) {
                var _ = socket.awaitReadable(orWritable, DetachedSocket.FOREVER);
            }
        }
        if (orWritable) {
            outbound.resume();
        }
    }

    @Override
    public void rest() {
        receiving.lock();
        try {
            if (!closed.get()) {
                inbound.rest();
            }
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public void readAtMost(int bytes) {
        receiving.lock();
        try {
            inbound.readAtMost(bytes);
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public boolean send(ByteBuffer source, boolean block) throws IOException {
        if (!source.isDirect()
                || source.order() != ByteOrder.BIG_ENDIAN
                || source.position() < HEADROOM
                || source.remaining() > MAX_SEND) {
            throw new IllegalArgumentException(
                    "to send takes a direct big-endian buffer with headroom, not " + source);
        }
        try {
            checkOpen();
            return outbound.send(source, block);
        } catch (IOException e) {
            throw closed.get() ? new ClosedChannelException() : e;
        }
    }

    @Override
    public boolean flush(boolean block) throws IOException {
        try {
            checkOpen();
            return outbound.flush(block);
        } catch (IOException e) {
            throw closed.get() ? new ClosedChannelException() : e;
        }
    }

    @Override
    public void awaitRoom(int millis) throws IOException {
        try {
            checkOpen();
            outbound.awaitRoom(millis);
        } catch (IOException e) {
            throw closed.get() ? new ClosedChannelException() : e;
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed.get()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            outbound.sayGoodbye();
        } catch (IOException e) {
            LOG.debug("the peer was gone before the goodbye", e);
        }
        outbound.markClosed();
        socket.shutdown();
        receiving.lock();
        try {
            outbound.sendingLock().lock();
            try {
                free();
            } finally {
                outbound.sendingLock().unlock();
            }
        } finally {
            receiving.unlock();
        }
        onClose.run();
    }

    private void free() {
        cipher.close();
        outbound.release();
        try (socket) {
            inbound.drain();
        } catch (IOException e) {
            LOG.debug("the peer was gone before the socket was closed", e);
        }
    }
}
