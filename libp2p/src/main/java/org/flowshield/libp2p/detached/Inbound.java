package org.flowshield.libp2p.detached;

import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.flowshield.libp2p.detached.DetachedMemory.Reading;
import org.flowshield.libp2p.security.RecordCipher;
import org.flowshield.libp2p.yamux.DetachedSession;
import org.flowshield.libp2p.yamux.FrameHeader;
import org.jspecify.annotations.Nullable;

/**
 * The reading half: socket, records, frames, in two direct buffers, which are borrowed while there
 * is something to read. The plaintext stays where the cipher put it, between frame headers:
 *
 * <pre>
 *  plain: [ consumed | run: the stream's bytes | gap: a header ... | body, headers, ... | free ]
 *                    runStart              runEnd          parsed               filled
 * </pre>
 *
 * The caller sees the run. Only if it wants more than the run holds, what is left of the run moves
 * up to the next body, over the header between them: the beginning of one packet.
 */
final class Inbound {

    /** Below this much room the rest of the ciphertext moves to the buffer's beginning. */
    private static final int LITTLE_ROOM = 64 * 1024;

    /** What a socket's receive buffer holds at most, in reads of the sink. */
    private static final int MAX_DRAIN_READS = 256;

    /** Takes what nobody will look at, from many threads at once. */
    private static final ByteBuffer SINK = ByteBuffer.allocateDirect(64 * 1024);

    private static final byte[] NOTHING = {};

    /** Granted at a time: never what holds the peer back, that is TCP's part. */
    private static final int GRANT = 1 << 30;

    /** What the frames say to the other half. */
    interface Frames {

        /** The peer lets us send so many bytes more. */
        void sendWindow(long bytes);

        /** A frame without body is to be sent. */
        void answer(int type, int flags, int stream, int length);
    }

    private final DetachedSocket socket;
    private final RecordCipher cipher;
    private final Frames frames;
    private final int stream;
    private final BufferPool<Reading> pool;
    private Reading buffers = Reading.NONE;
    private ByteBuffer ciphertext = buffers.ciphertext();
    private ByteBuffer plain = buffers.plain();
    private ByteBuffer view = plain.duplicate();

    /** True from when the caller was given a view of the borrowed buffer until it is back. */
    private boolean viewIsOut;

    /** What stood unfinished in the buffers when they were given back. */
    private byte[] keptCiphertext = NOTHING;

    private byte[] keptPlain;

    /** How much of that belongs to the run. */
    private int keptRun;

    private int readAtMost = Integer.MAX_VALUE;

    /** What had arrived before the connection left its event loop; null when used up. */
    private @Nullable ByteBuffer unread;

    private @Nullable ByteBuf earlyCiphertext;
    private boolean viewIsUnread;
    private int runStart;
    private int runEnd;
    private int parsed;
    private int filled;
    private long window;
    private int bodyLeft;
    private boolean bodyIsOurs;
    private boolean finAfterBody;
    private boolean inputEnded;
    private boolean recordsEnded;

    /**
     * @param early ciphertext that was read before; becomes this object's
     */
    Inbound(
            DetachedSocket socket,
            RecordCipher cipher,
            DetachedSession session,
            ByteBuf early,
            Frames frames) {
        this(socket, cipher, session, early, frames, DetachedMemory.PROCESS.reading());
    }

    Inbound(
            DetachedSocket socket,
            RecordCipher cipher,
            DetachedSession session,
            ByteBuf early,
            Frames frames,
            BufferPool<Reading> pool) {
        this.pool = pool;
        this.socket = socket;
        this.cipher = cipher;
        this.frames = frames;
        this.stream = session.stream();
        this.earlyCiphertext = early;
        this.unread = copyOf(session.unread());
        this.keptPlain = session.partialHeader();
        this.bodyLeft = session.bodyLeft();
        this.bodyIsOurs = session.bodyIsOurs();
        this.finAfterBody = session.finAfterBody();
        this.inputEnded = session.inputEnded();
        // A body under way was taken from the window when its header arrived.
        this.window = session.receiveWindow();
    }

    private static ByteBuffer copyOf(ByteBuf bytes) {
        ByteBuffer copy = ByteBuffer.allocateDirect(bytes.readableBytes());
        bytes.readBytes(copy);
        bytes.release();
        return copy.flip();
    }

    /** Lets the peer send without asking. */
    void open() {
        window += GRANT;
        frames.answer(FrameHeader.WINDOW_UPDATE, 0, stream, GRANT);
    }

    /** See {@link DetachedStream#receive}; null if it would have to wait. */
    @Nullable ByteBuffer receive(int wanted) throws IOException {
        consume();
        if (unread != null) {
            if (unread.remaining() >= wanted) {
                viewIsUnread = true;
                return unread;
            }
            borrow();
            moveUnread(unread);
            unread = null;
        }
        borrow();
        try {
            while (runEnd - runStart < wanted) {
                if (!parse() && !openRecords() && !readSocket()) {
                    return null;
                }
            }
            viewIsOut = true;
            return view;
        } finally {
            view.clear().position(runStart).limit(runEnd);
        }
    }

    private void consume() {
        if (viewIsUnread) {
            viewIsUnread = false;
        } else {
            runStart = view.position();
        }
        viewIsOut = false;
    }

    // ---- borrowing ----

    boolean holdsBuffers() {
        return plain.capacity() > 0;
    }

    private void borrow() {
        if (holdsBuffers()) {
            return;
        }
        use(pool.borrow());
        ciphertext.clear().put(keptCiphertext).flip();
        plain.clear().put(0, keptPlain);
        runStart = 0;
        runEnd = keptRun;
        parsed = keptRun;
        filled = keptPlain.length;
        view.limit(runEnd);
        keptCiphertext = NOTHING;
        keptPlain = NOTHING;
        keptRun = 0;
    }

    private void use(Reading these) {
        buffers = these;
        ciphertext = these.ciphertext();
        plain = these.plain();
        view = plain.duplicate().limit(0);
    }

    /**
     * Gives the buffers back until the next {@link #receive}; what is unfinished in them is set
     * aside: with a peer that stops in the midst of a packet that is at most the packet and a
     * record.
     */
    void rest() {
        consume();
        if (!holdsBuffers()) {
            return;
        }
        keptCiphertext = bytes(ciphertext, ciphertext.position(), ciphertext.remaining());
        keptRun = runEnd - runStart;
        keptPlain = bytes(plain, runStart, keptRun, filled - parsed);
        plain.get(parsed, keptPlain, keptRun, filled - parsed);
        leave();
    }

    private static byte[] bytes(ByteBuffer from, int at, int length) {
        return bytes(from, at, length, 0);
    }

    /** The bytes, with so much room behind them. */
    private static byte[] bytes(ByteBuffer from, int at, int length, int room) {
        if (length + room == 0) {
            return NOTHING;
        }
        byte[] bytes = new byte[length + room];
        from.get(at, bytes, 0, length);
        return bytes;
    }

    private void leave() {
        Reading held = buffers;
        use(Reading.NONE);
        runStart = 0;
        runEnd = 0;
        parsed = 0;
        filled = 0;
        pool.giveBack(held);
    }

    /** Gives back for good. A buffer that the caller may still look at is nobody else's again. */
    private void release() {
        if (holdsBuffers() && viewIsOut) {
            use(Reading.NONE);
            pool.forget();
        } else if (holdsBuffers()) {
            leave();
        }
        keptCiphertext = NOTHING;
        keptPlain = NOTHING;
        keptRun = 0;
    }

    /** Bytes that are held for what is unfinished. */
    int keptBytes() {
        return keptCiphertext.length + keptPlain.length;
    }

    /** Reads less at a time, so that little stays unfinished when reading pauses. */
    void readAtMost(int bytes) {
        readAtMost = bytes;
    }

    /** What is left of the first bytes goes before the others. */
    private void moveUnread(ByteBuffer rest) {
        int length = rest.remaining();
        plain.clear();
        plain.put(length, plain, 0, filled);
        plain.put(0, rest, rest.position(), length);
        runStart = 0;
        runEnd = length;
        parsed += length;
        filled += length;
    }

    // ---- frames ----

    /** Reads the next frame or part of a body; false if there is none complete enough. */
    private boolean parse() throws IOException {
        if (bodyLeft > 0) {
            return parseBody();
        }
        if (inputEnded) {
            throw new EOFException("the peer has ended the stream");
        }
        if (filled - parsed < FrameHeader.LENGTH) {
            return false;
        }
        int at = parsed;
        parsed += FrameHeader.LENGTH;
        if (plain.get(at) != FrameHeader.VERSION) {
            throw new IOException("the peer broke yamux: unknown version");
        }
        header(
                plain.get(at + 1),
                plain.getShort(at + 2) & 0xffff,
                plain.getInt(at + 4),
                plain.getInt(at + 8));
        return true;
    }

    private boolean parseBody() {
        int part = Math.min(bodyLeft, filled - parsed);
        if (part == 0) {
            return false;
        }
        if (bodyIsOurs) {
            joinRun();
            runEnd += part;
        }
        parsed += part;
        bodyLeft -= part;
        if (bodyLeft == 0 && finAfterBody) {
            inputEnded = true;
        }
        return true;
    }

    /** Makes the run end where the next body begins. */
    private void joinRun() {
        int length = runEnd - runStart;
        if (length == 0) {
            runStart = parsed;
        } else if (runEnd != parsed) {
            plain.put(parsed - length, plain, runStart, length);
            runStart = parsed - length;
        }
        runEnd = parsed;
    }

    private void header(int type, int flags, int id, int length) throws IOException {
        switch (type) {
            case FrameHeader.DATA -> data(flags, id, length);
            case FrameHeader.WINDOW_UPDATE -> windowUpdate(flags, id, length);
            case FrameHeader.PING -> {
                if ((flags & FrameHeader.SYN) != 0) {
                    frames.answer(FrameHeader.PING, FrameHeader.ACK, 0, length);
                }
            }
            case FrameHeader.GO_AWAY -> {
                // No stream will be opened on this connection anyway; the stream goes on.
            }
            default -> throw new IOException("the peer broke yamux: unknown frame type " + type);
        }
    }

    private void data(int flags, int id, int length) throws IOException {
        bodyIsOurs = id == stream && !inputEnded;
        finAfterBody = false;
        if (length < 0 || (bodyIsOurs && length > window)) {
            throw new IOException("the peer broke yamux: more bytes than its window allows");
        }
        bodyLeft = length;
        if (!bodyIsOurs) {
            refuse(flags, id);
            return;
        }
        window -= length;
        if (window < GRANT / 2) {
            window += GRANT;
            frames.answer(FrameHeader.WINDOW_UPDATE, 0, stream, GRANT);
        }
        ends(flags);
    }

    private void windowUpdate(int flags, int id, int length) throws IOException {
        if (id != stream) {
            refuse(flags, id);
            return;
        }
        if ((flags & FrameHeader.RST) == 0) {
            frames.sendWindow(length & 0xffffffffL);
        }
        ends(flags);
    }

    private void ends(int flags) throws IOException {
        if ((flags & FrameHeader.RST) != 0) {
            throw new IOException("the peer reset the stream");
        }
        if ((flags & FrameHeader.FIN) != 0) {
            finAfterBody = bodyLeft > 0;
            inputEnded = bodyLeft == 0;
        }
    }

    /** Late frames of streams that are gone are skipped; new streams are not welcome. */
    private void refuse(int flags, int id) {
        if ((flags & FrameHeader.SYN) != 0) {
            frames.answer(FrameHeader.WINDOW_UPDATE, FrameHeader.RST, id, 0);
        }
    }

    // ---- records ----

    private boolean openRecords() throws IOException {
        if (!ciphertext.hasRemaining()) {
            return false;
        }
        makeRoom();
        int before = filled;
        plain.limit(plain.capacity()).position(filled);
        if (!cipher.open(ciphertext, plain)) {
            recordsEnded = true;
        }
        filled = plain.position();
        plain.clear();
        return filled > before;
    }

    private void makeRoom() {
        if (runStart == runEnd) {
            runStart = parsed;
            runEnd = parsed;
        }
        if (runStart == filled) {
            runStart = 0;
            runEnd = 0;
            parsed = 0;
            filled = 0;
        } else if (plain.capacity() - filled < cipher.maxPlaintext()) {
            joinRun();
            plain.put(0, plain, runStart, filled - runStart);
            runEnd -= runStart;
            parsed -= runStart;
            filled -= runStart;
            runStart = 0;
        }
    }

    private boolean readSocket() throws IOException {
        if (recordsEnded) {
            throw new EOFException("the peer has ended the connection");
        }
        if (!ciphertext.hasRemaining()) {
            ciphertext.clear().limit(0);
        } else if (ciphertext.capacity() - ciphertext.limit() < LITTLE_ROOM) {
            ciphertext.compact().flip();
        }
        int start = ciphertext.position();
        int end = ciphertext.limit();
        ciphertext.limit(end + Math.min(ciphertext.capacity() - end, readAtMost)).position(end);
        int count;
        try {
            count = fill();
        } finally {
            ciphertext.limit(ciphertext.position()).position(start);
        }
        if (count < 0) {
            throw new IOException("the connection was closed by the peer or lost");
        }
        return count > 0;
    }

    private int fill() throws IOException {
        ByteBuf early = earlyCiphertext;
        if (early == null) {
            return socket.read(ciphertext);
        }
        int count = Math.min(early.readableBytes(), ciphertext.remaining());
        int limit = ciphertext.limit();
        early.readBytes(ciphertext.limit(ciphertext.position() + count));
        ciphertext.limit(limit);
        if (!early.isReadable()) {
            releaseEarly();
        }
        return count > 0 ? count : socket.read(ciphertext);
    }

    /**
     * Reads and forgets what is there: a socket that is closed with bytes unread answers with a
     * reset, which can overtake our last bytes.
     */
    void drain() throws IOException {
        releaseEarly();
        release();
        ByteBuffer sink = SINK.duplicate();
        for (int i = 0; i < MAX_DRAIN_READS; i++) {
            if (socket.read(sink.clear()) <= 0) {
                break;
            }
        }
    }

    private void releaseEarly() {
        if (earlyCiphertext != null) {
            earlyCiphertext.release();
            earlyCiphertext = null;
        }
    }
}
