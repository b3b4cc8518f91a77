package org.flowshield.libp2p.ping;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;

/**
 * Both sides of {@code /ipfs/ping/1.0.0}: 32 bytes go out and come back. Safe for use by any
 * thread; blocks, for virtual threads.
 */
public final class Ping implements ProtocolBinding {

    public static final ProtocolId ID = new ProtocolId("/ipfs/ping/1.0.0");

    /** How many bytes a ping has (specification). */
    static final int LENGTH = 32;

    /** How many streams of pings a peer may have here (specification). */
    private static final int MAX_INBOUND = 2;

    /** Without a ping for so long a stream is given up; go-libp2p's number. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final Set<PeerId> pinged = ConcurrentHashMap.newKeySet();

    /**
     * @param random makes the bytes, which the peer must not guess; safe for any thread
     * @param nanoTime a monotonic clock
     */
    public Ping(RandomGenerator random, LongSupplier nanoTime) {
        this.random = random;
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
        ByteBuffer echo = ByteBuffer.allocateDirect(LENGTH);
        while (Deadline.within(IDLE, stream, () -> fill(stream, echo))) {
            stream.write(echo.flip());
        }
    }

    /**
     * Opens a stream of pings to the peer of a connection.
     *
     * @throws IllegalStateException if there is one already: a peer accepts only one or two
     */
    public Pings open(Connection connection) throws IOException {
        PeerId peer = connection.remotePeer();
        if (!pinged.add(peer)) {
            throw new IllegalStateException("peer " + peer + " is being pinged already");
        }
        try {
            return new Pings(connection.newStream(List.of(ID)), () -> pinged.remove(peer));
        } catch (IOException | RuntimeException e) {
            pinged.remove(peer);
            throw e;
        }
    }

    /** Reads a whole ping; false if the peer has ended its direction. */
    private static boolean fill(Stream stream, ByteBuffer target) throws IOException {
        target.clear();
        while (target.hasRemaining()) {
            if (stream.read(target) < 0) {
                if (target.position() > 0) {
                    throw new EOFException("the stream ended in the middle of a ping");
                }
                return false;
            }
        }
        return true;
    }

    /** Pings on one stream, one after the other; for one thread at a time. */
    public final class Pings implements AutoCloseable {

        private final Stream stream;
        private final Runnable whenClosed;
        private final ByteBuffer sent = ByteBuffer.allocateDirect(LENGTH);
        private final ByteBuffer received = ByteBuffer.allocateDirect(LENGTH);

        private Pings(Stream stream, Runnable whenClosed) {
            this.stream = stream;
            this.whenClosed = whenClosed;
        }

        /**
         * Pings once and gives the round-trip time.
         *
         * @throws org.flowshield.libp2p.host.PeerTimeoutException if no answer comes in time
         * @throws IOException if the stream fails or the answer is not what was sent
         */
        public Duration next(Duration limit) throws IOException {
            byte[] payload = new byte[LENGTH];
            random.nextBytes(payload);
            sent.clear().put(payload).flip();
            long start = nanoTime.getAsLong();
            boolean answered =
                    Deadline.within(
                            limit,
                            stream,
                            () -> {
                                stream.write(sent);
                                return fill(stream, received);
                            });
            long end = nanoTime.getAsLong();
            if (!answered) {
                throw new EOFException("the peer ended the stream instead of answering");
            }
            if (!received.flip().equals(sent.flip())) {
                stream.reset();
                throw new IOException("the peer's answer is not the ping that was sent");
            }
            return Duration.ofNanos(end - start);
        }

        @Override
        public void close() {
            stream.close();
            whenClosed.run();
        }
    }
}
