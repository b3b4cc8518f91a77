package org.flowshield.libp2p.security.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.flowshield.libp2p.security.RecordCipher;

/** A TLS engine after its handshake. One thread may seal while another opens. */
final class TlsRecordCipher implements RecordCipher {

    /** The most that a record of TLS 1.3 holds (RFC 8446, 5.1). */
    static final int MAX_PLAINTEXT = 16 * 1024;

    /** Nobody may send more than 256 bytes of overhead (RFC 8446, 5.2). */
    private static final int MAX_RECORD = RecordBoundary.HEADER + MAX_PLAINTEXT + 256;

    /** Header, content type and the tag of every cipher that we offer. */
    private static final int OVERHEAD = RecordBoundary.HEADER + 1 + 16;

    /** For an alert and a KeyUpdate, with the room that BoringSSL demands for each. */
    private static final int CONTROL = 512;

    /** BoringSSL demands room for its largest overhead, whatever a record then needs. */
    private static final int BORING_SLACK = 256;

    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final SSLEngine engine;
    private final boolean boring;
    private final RecordBoundary begun;
    private final int maxPlaintext;
    private final int slack;
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean ended;

    /** Keeps the order of records that both threads make. */
    private final Object sealing = new Object();

    /** Records that the opening thread had to make; they leave before the next sealed ones. */
    private final ByteBuffer control = ByteBuffer.allocateDirect(CONTROL);

    /**
     * @param engine with a reference that becomes ours
     * @param begun what the engine has taken in of an unfinished record
     */
    TlsRecordCipher(SSLEngine engine, RecordBoundary begun) {
        this.engine = engine;
        this.begun = begun;
        this.boring = engine instanceof ReferenceCountedOpenSslEngine;
        this.maxPlaintext = Math.max(MAX_PLAINTEXT, engine.getSession().getApplicationBufferSize());
        this.slack = CONTROL + (boring ? BORING_SLACK : engine.getSession().getPacketBufferSize());
    }

    @Override
    public int maxPlaintext() {
        return maxPlaintext;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        int records = Math.ceilDiv(plaintextLength, MAX_PLAINTEXT);
        return Math.addExact(
                Math.addExact(plaintextLength, Math.multiplyExact(records, OVERHEAD)), slack);
    }

    @Override
    public void seal(ByteBuffer plaintext, ByteBuffer records) throws IOException {
        requireOpen();
        synchronized (sealing) {
            records.put(control.flip());
            control.clear();
            while (plaintext.hasRemaining()) {
                wrap(plaintext, records);
            }
        }
    }

    private void wrap(ByteBuffer plaintext, ByteBuffer records) throws IOException {
        SSLEngineResult result = engine.wrap(plaintext, records);
        if (result.getStatus() == Status.CLOSED) {
            throw new IOException("TLS has ended; nothing can be sent any more");
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new IllegalArgumentException("too little room for sealed records");
        }
        runTasks(result.getHandshakeStatus());
    }

    @Override
    public boolean open(ByteBuffer records, ByteBuffer plaintext) throws IOException {
        requireOpen();
        int limit = records.limit();
        try {
            while (!ended) {
                int length = whole(records, plaintext.remaining() / maxPlaintext);
                if (length == 0) {
                    break;
                }
                records.limit(records.position() + length);
                unwrapAll(records, plaintext);
                records.limit(limit);
            }
        } finally {
            records.limit(limit);
        }
        return !ended;
    }

    /** The bytes of at most so many complete records at the front. */
    private int whole(ByteBuffer records, int atMost) throws IOException {
        if (atMost == 0) {
            return 0;
        }
        int missing = begun.missing(records);
        if (missing < 0) {
            return 0;
        }
        int at = records.position() + missing;
        int count = missing > 0 ? 1 : 0;
        while (count < atMost && records.limit() - at >= RecordBoundary.HEADER) {
            int length = RecordBoundary.recordLength(records.get(at + 3), records.get(at + 4));
            if (length > MAX_RECORD) {
                throw new IOException("the peer sent a record of " + length + " bytes");
            }
            if (records.limit() - at < length) {
                break;
            }
            at += length;
            count++;
        }
        return at - records.position();
    }

    private void unwrapAll(ByteBuffer records, ByteBuffer plaintext) throws IOException {
        while (records.hasRemaining() && !ended) {
            int before = records.remaining() - plaintext.remaining();
            SSLEngineResult result = engine.unwrap(records, plaintext);
            if (result.getStatus() == Status.CLOSED) {
                requireOpen();
                ended = true;
            }
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && boring) {
                makeControlRecords();
            } else if (!runTasks(result.getHandshakeStatus())
                    && records.remaining() - plaintext.remaining() == before
                    && !ended) {
                throw new IOException("the TLS engine takes no more: " + result);
            }
        }
        begun.ended();
    }

    /**
     * BoringSSL has something to say: the answer to a KeyUpdate, or the alert about a record that
     * it refuses. It reports the refusal itself only when it is asked for that alert.
     */
    private void makeControlRecords() throws IOException {
        synchronized (sealing) {
            while (engine.wrap(NOTHING, control).bytesProduced() > 0) {
                if (control.remaining() < CONTROL / 2) {
                    throw new IOException("the peer makes us say more than TLS has to");
                }
            }
        }
    }

    private void requireOpen() throws IOException {
        if (closed.get()) {
            throw new IOException("TLS was closed on this side");
        }
    }

    private boolean runTasks(HandshakeStatus status) {
        if (status != HandshakeStatus.NEED_TASK) {
            return false;
        }
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
        return true;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            engine.closeOutbound();
            ReferenceCountUtil.release(engine);
        }
    }
}
