package org.flowshield.libp2p.pubsub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiformats.Uvarint;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.Rpcs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our stream to one peer, which only we write to; a virtual thread of its own does. */
final class Link {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    final Connection connection;
    final SendQueue queue = new SendQueue();
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();

    /** Done when the peer's first stream to us is here. */
    private final CompletableFuture<Void> heard = new CompletableFuture<>();

    /** The peer's stream to us; the newest, if it has opened several. */
    private volatile @Nullable Stream inbound;

    /** Done when that was read to its end. */
    private volatile @Nullable CompletableFuture<Void> reading;

    private volatile @Nullable Stream outbound;

    private volatile boolean ended;

    Link(Connection connection) {
        this.connection = connection;
    }

    PeerId peer() {
        return connection.remotePeer();
    }

    /** Waits until we can send; false if we never can. */
    boolean isOpen() throws InterruptedException {
        try {
            return opened.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it has ended with a connection that is not this one. */
    boolean isOverBefore(Connection other) {
        return ended && !connection.equals(other);
    }

    void opened(boolean success) {
        opened.complete(success);
    }

    /**
     * The peer's stream; one that was there before is ended (js-libp2p does the same).
     *
     * @return to be completed by who has read it to its end
     */
    CompletableFuture<Void> reads(Stream stream) {
        CompletableFuture<Void> read = new CompletableFuture<>();
        Stream before = inbound;
        reading = read;
        inbound = stream;
        heard.complete(null);
        if (before != null) {
            before.reset();
        }
        return read;
    }

    /**
     * Lets the reader have what came before the peer went; for so long at most. Its stream may be
     * here and its reader not yet: whoever publishes one message has come and gone in a moment.
     */
    void finishReading(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        try {
            Void _ = heard.get(grace.toNanos(), TimeUnit.NANOSECONDS);
            CompletableFuture<Void> read = Objects.requireNonNull(reading);
            Void _ = read.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("{} has ended the stream to it, and does not end its own", peer());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopReading();
    }

    void stopReading() {
        Stream in = inbound;
        if (in != null) {
            in.reset();
        }
    }

    /** Writes what is in the queue until it is closed or the stream fails. */
    void write(Stream stream) throws IOException, InterruptedException {
        outbound = stream;
        // The peer's end of it is the end of the link: nobody else would wake who waits for work.
        stream.channel().closeFuture().addListener(closed -> end());
        for (Optional<Rpc> next = queue.take(); next.isPresent(); next = queue.take()) {
            for (byte[] part : Rpcs.encodeInParts(next.get())) {
                ByteBuffer frame = ByteBuffer.allocate(Uvarint.size(part.length) + part.length);
                Uvarint.write(part.length, frame);
                stream.write(frame.put(part).flip());
            }
        }
    }

    /** Sends nothing more, but what is being sent. */
    void end() {
        ended = true;
        queue.close();
        opened.complete(false);
    }

    /** Ends both streams at once. */
    void abort() {
        end();
        stopReading();
        Stream out = outbound;
        if (out != null) {
            out.reset();
        }
    }
}
