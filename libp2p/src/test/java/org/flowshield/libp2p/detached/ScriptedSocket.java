package org.flowshield.libp2p.detached;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A socket of which a test says what arrives; it always takes bytes. */
final class ScriptedSocket implements DetachedSocket {

    private final Queue<byte[]> arriving = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Semaphore writes = new Semaphore(0);

    /** How often somebody waited for room, which there always is. */
    int waitsForRoom;

    /** Reading fails from now on. */
    boolean reset;

    boolean closed;

    void arrives(byte[] bytes) {
        arriving.add(bytes);
    }

    /** What has been written, in hexadecimal. */
    String written() {
        synchronized (written) {
            return HexFormat.of().formatHex(written.toByteArray());
        }
    }

    /** Waits for one write; false if there is none for a long time. */
    boolean awaitWrite() throws InterruptedException {
        return writes.tryAcquire(30, TimeUnit.SECONDS);
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (reset) {
            throw new IOException("Connection reset by peer");
        }
        byte[] next = arriving.peek();
        if (next == null) {
            return 0;
        }
        int part = Math.min(next.length, target.remaining());
        target.put(next, 0, part);
        arriving.remove();
        return part;
    }

    @Override
    public int write(ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        synchronized (written) {
            written.writeBytes(bytes);
        }
        writes.release();
        return bytes.length;
    }

    @Override
    public boolean awaitReadable(boolean orWritable, int millis) {
        throw new AssertionError("the test never waits");
    }

    @Override
    public void awaitWritable(int millis) {
        waitsForRoom++;
    }

    @Override
    public void shutdown() {
        // Nothing is open.
    }

    @Override
    public void close() {
        closed = true;
    }
}
