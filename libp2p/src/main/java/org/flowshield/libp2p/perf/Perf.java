package org.flowshield.libp2p.perf;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;

/**
 * Both sides of {@code /perf/1.0.0}: the client says how many bytes it wants, uploads what it likes
 * and ends its direction; then the server sends what was wanted. Bytes are made and counted on the
 * connection's event loop, without copies.
 *
 * <p>The server gives its whole bandwidth to whoever asks: for measurements, not for public nodes.
 * Safe for use by any thread; blocks, for virtual threads.
 */
public final class Perf implements ProtocolBinding {

    public static final ProtocolId ID = new ProtocolId("/perf/1.0.0");

    /** What fills a path; more streams only take from one another. */
    private static final int MAX_INBOUND = 8;

    private final Duration patience;
    private final LongSupplier nanoTime;

    /**
     * @param patience how long nothing may move before the peer is given up; it must be enough for
     *     what fits into socket buffers
     * @param nanoTime a monotonic clock
     */
    public Perf(Duration patience, LongSupplier nanoTime) {
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(ID);
    }

    @Override
    public int maxInboundPerConnection() {
        return MAX_INBOUND;
    }

    @Override
    public void accept(Stream stream) throws IOException {
        drive(stream, new PerfServer(patience));
    }

    /**
     * Sends {@code upload} bytes, then receives {@code download} bytes.
     *
     * @return how long it took, from the first byte out until the end of the last byte in
     * @throws org.flowshield.libp2p.host.PeerTimeoutException if nothing moves any more
     */
    public Duration run(Connection connection, long upload, long download) throws IOException {
        PerfClient client = new PerfClient(patience, upload, download);
        try (Stream stream = connection.newStream(List.of(ID))) {
            long start = nanoTime.getAsLong();
            drive(stream, client);
            return Duration.ofNanos(nanoTime.getAsLong() - start);
        }
    }

    private static void drive(Stream stream, PerfTransfer transfer) throws IOException {
        stream.attach(transfer);
        try {
            transfer.done().get();
        } catch (InterruptedException e) {
            stream.reset();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while measuring");
        } catch (ExecutionException e) {
            stream.reset();
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }
}
