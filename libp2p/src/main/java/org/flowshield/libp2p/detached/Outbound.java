package org.flowshield.libp2p.detached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.libp2p.security.RecordCipher;
import org.flowshield.libp2p.yamux.DetachedSession;
import org.flowshield.libp2p.yamux.FrameHeader;
import org.jspecify.annotations.Nullable;

/**
 * The writing half: frames, records, socket, in one direct buffer of records, borrowed until the
 * socket has taken all that is in it.
 *
 * <p>Frames that the reading thread wants to send wait in a small queue. Whoever holds the sending
 * lock takes them along; after letting go of it each thread looks once more, so that none is
 * forgotten, and no thread ever waits for the other.
 */
final class Outbound implements Inbound.Frames {

    /** Frames without body that wait; pings and refusals above that are not answered. */
    private static final int MAX_ANSWERS = 64;

    /** Room in the record buffer for answers beside the largest frame. */
    private static final int ANSWER_ROOM = MAX_ANSWERS * FrameHeader.LENGTH;

    private static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

    private final DetachedSocket socket;
    private final RecordCipher cipher;
    private final int stream;
    private final BufferPool<ByteBuffer> pool;
    private ByteBuffer records = NONE;
    private final ByteBuffer answerFrames = ByteBuffer.allocateDirect(ANSWER_ROOM);

    /** Held while sealing and writing: records leave in the order in which they were sealed. */
    private final ReentrantLock sending = new ReentrantLock();

    /** Guards the queue of answers; held for a few instructions. */
    private final ReentrantLock answering = new ReentrantLock();

    private final ByteBuffer answers = ByteBuffer.allocate(ANSWER_ROOM);
    private final AtomicLong window;

    /** The end of a frame that the peer's window had no room for; borrowed only when needed. */
    private @Nullable ByteBuffer rest;

    private volatile boolean answersWait;
    private volatile boolean socketFull;
    private volatile boolean closed;

    /** The sending thread was told that something waits and will call again. */
    private volatile boolean senderKnows;

    private volatile @Nullable Thread windowWaiter;

    Outbound(
            DetachedSocket socket,
            RecordCipher cipher,
            DetachedSession session,
            BufferPool<ByteBuffer> pool) {
        this.pool = pool;
        this.socket = socket;
        this.cipher = cipher;
        this.stream = session.stream();
        this.window = new AtomicLong(session.sendWindow());
        int most =
                cipher.sealedLength(DetachedStream.MAX_SEND + FrameHeader.LENGTH)
                        + 2 * cipher.sealedLength(ANSWER_ROOM);
        if (most > DetachedMemory.RECORD_BYTES) {
            throw new IllegalArgumentException("a cipher that needs " + most + " bytes a send");
        }
        answers.put(session.answers(), 0, Math.min(session.answers().length, ANSWER_ROOM));
        answersWait = answers.position() > 0;
    }

    // ---- the sending thread ----

    boolean send(ByteBuffer source, boolean block) throws IOException {
        sending.lock();
        try {
            if (!sendRest(block) || !makeRoom(source.remaining(), block)) {
                throw new IllegalStateException("flush what the last send left before the next");
            }
            sealAnswers();
            senderKnows = true;
            boolean all = sealFrames(source, block);
            if (!all) {
                keepRest(source);
            }
            boolean done = write(block) && all;
            senderKnows = !done;
            return done;
        } finally {
            settle();
            sending.unlock();
            answerNow();
        }
    }

    boolean flush(boolean block) throws IOException {
        sending.lock();
        try {
            boolean done = write(block);
            if (done) {
                sealAnswers();
                done = sendRest(block) && write(block);
            }
            senderKnows = !done;
            return done;
        } finally {
            settle();
            sending.unlock();
            answerNow();
        }
    }

    /** Waits for what is missing: the socket may well have room when the peer's window has none. */
    void awaitRoom(int millis) throws IOException {
        sending.lock();
        try {
            if (records.hasRemaining() || !restWaits()) {
                socket.awaitWritable(millis);
            } else {
                awaitWindow(TimeUnit.MILLISECONDS.toNanos(millis), false);
            }
        } finally {
            settle();
            sending.unlock();
            answerNow();
        }
    }

    private boolean restWaits() {
        ByteBuffer kept = rest;
        return kept != null && kept.hasRemaining();
    }

    private boolean sendRest(boolean block) throws IOException {
        ByteBuffer kept = rest;
        return kept == null || !kept.hasRemaining() || (write(block) && sealFrames(kept, block));
    }

    // ---- borrowing; under the sending lock ----

    /** Gives back what holds nothing any more. */
    private void settle() {
        if (closed || !records.hasRemaining()) {
            giveBackRecords();
        }
        ByteBuffer kept = rest;
        if (kept != null && (closed || !kept.hasRemaining())) {
            rest = null;
            pool.giveBack(kept);
        }
    }

    private void giveBackRecords() {
        ByteBuffer held = records;
        if (held.capacity() > 0) {
            records = NONE;
            pool.giveBack(held);
        }
    }

    private void borrowRecords() {
        if (records.capacity() == 0) {
            records = pool.borrow().clear().limit(0);
        }
    }

    private void keepRest(ByteBuffer source) {
        ByteBuffer kept = rest;
        if (kept == null) {
            kept = pool.borrow();
            rest = kept;
        }
        kept.clear().position(FrameHeader.LENGTH);
        kept.put(source).flip().position(FrameHeader.LENGTH);
    }

    /**
     * Seals the source as one frame, or more if the peer's window is small.
     *
     * @return false if {@code block} is false and the window is closed
     */
    private boolean sealFrames(ByteBuffer source, boolean block) throws IOException {
        int end = source.limit();
        while (source.position() < end) {
            int part = (int) Math.min(end - source.position(), window.get());
            if (part > 0 && !makeRoom(part, block)) {
                return false;
            }
            if (part == 0) {
                if (!block) {
                    return false;
                }
                write(true);
                awaitWindow(Long.MAX_VALUE, true);
                continue;
            }
            window.addAndGet(-part);
            int start = source.position() - FrameHeader.LENGTH;
            source.putLong(start, stream & 0xffffffffL).putInt(start + Long.BYTES, part);
            source.limit(start + FrameHeader.LENGTH + part).position(start);
            appendRecords(source);
            source.limit(end);
        }
        return true;
    }

    private void appendRecords(ByteBuffer plaintext) throws IOException {
        int start = records.position();
        records.position(records.limit()).limit(records.capacity());
        try {
            cipher.seal(plaintext, records);
        } finally {
            records.limit(records.position()).position(start);
        }
    }

    /** False if {@code block} is false and records that wait leave no room for so much more. */
    private boolean makeRoom(int plaintext, boolean block) throws IOException {
        borrowRecords();
        int needed =
                cipher.sealedLength(plaintext + FrameHeader.LENGTH)
                        + cipher.sealedLength(ANSWER_ROOM);
        if (!records.hasRemaining()) {
            records.clear().limit(0);
        }
        if (records.capacity() - records.limit() >= needed) {
            return true;
        }
        records.compact().flip();
        if (records.capacity() - records.limit() >= needed) {
            return true;
        }
        if (!write(block)) {
            return false;
        }
        records.clear().limit(0);
        return true;
    }

    /** Gives the socket what is sealed; false if it is full. */
    private boolean write(boolean block) throws IOException {
        while (records.hasRemaining()) {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (socket.write(records) == 0) {
                if (!block) {
                    socketFull = true;
                    return false;
                }
                socket.awaitWritable(DetachedSocket.FOREVER);
            }
        }
        socketFull = false;
        return true;
    }

    /**
     * Waits until the peer lets us send, or the time is over.
     *
     * @param block false to return as well when the socket is full and an answer would have to wait
     */
    private void awaitWindow(long nanos, boolean block) throws IOException {
        long start = System.nanoTime();
        windowWaiter = Thread.currentThread();
        try {
            while (window.get() == 0) {
                if (closed) {
                    throw new ClosedChannelException();
                }
                if (answersWait) {
                    // A peer that is slow to read must not take us for dead.
                    sealAnswers();
                    if (!write(block)) {
                        return;
                    }
                    continue;
                }
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted in a send");
                }
            }
        } finally {
            windowWaiter = null;
        }
    }

    // ---- the reading thread ----

    @Override
    public void sendWindow(long bytes) {
        window.addAndGet(bytes);
        wakeWindowWaiter();
    }

    private void wakeWindowWaiter() {
        Thread waiter = windowWaiter;
        if (waiter != null) {
            LockSupport.unpark(waiter);
        }
    }

    @Override
    public void answer(int type, int flags, int stream, int length) {
        answering.lock();
        try {
            // The last place is kept for the window, without which the peer would stop.
            int room = type == FrameHeader.WINDOW_UPDATE && flags == 0 ? 1 : 2;
            if (answers.remaining() < room * FrameHeader.LENGTH) {
                return;
            }
            answers.put((byte) FrameHeader.VERSION).put((byte) type).putShort((short) flags);
            answers.putInt(stream).putInt(length);
            answersWait = true;
        } finally {
            answering.unlock();
        }
        wakeWindowWaiter();
    }

    /** Sends answers that wait, unless another thread is sending and will see them. */
    void answerNow() throws IOException {
        while (answersWait && !socketFull && sending.tryLock()) {
            try {
                if (write(false)) {
                    sealAnswers();
                    write(false);
                }
            } finally {
                settle();
                sending.unlock();
            }
        }
    }

    /** Goes on with what waits because the socket was full, if nobody else is sending. */
    void resume() throws IOException {
        if (socketFull && sending.tryLock()) {
            try {
                write(false);
            } finally {
                settle();
                sending.unlock();
            }
        }
        answerNow();
    }

    /** True if records wait for the socket of which the sending thread knows nothing. */
    boolean wantsWritable() {
        return socketFull && !senderKnows;
    }

    private void sealAnswers() throws IOException {
        if (!answersWait || !makeRoom(0, false)) {
            return;
        }
        answering.lock();
        try {
            answersWait = false;
            answerFrames.clear();
            answerFrames.put(answers.flip()).flip();
            answers.clear();
        } finally {
            answering.unlock();
        }
        if (answerFrames.hasRemaining()) {
            appendRecords(answerFrames);
        }
    }

    // ---- closing ----

    /** Tells the peer, if the socket takes it at once, that this end is done. */
    void sayGoodbye() throws IOException {
        answer(FrameHeader.WINDOW_UPDATE, FrameHeader.FIN, stream, 0);
        answer(FrameHeader.GO_AWAY, 0, 0, FrameHeader.NORMAL);
        answerNow();
    }

    void markClosed() {
        closed = true;
        wakeWindowWaiter();
    }

    ReentrantLock sendingLock() {
        return sending;
    }

    /** After {@link #markClosed}, under the sending lock: nothing will be sent any more. */
    void release() {
        settle();
    }
}
