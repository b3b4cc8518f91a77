package org.flowshield.node.directory;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.directory.DirectoryAnswer.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a directory to peers, within limits for each. Each stream runs on the virtual thread that
 * the host gives it.
 */
public final class DirectoryService implements ProtocolBinding {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryService.class);

    /** Pages are asked for one after the other; a fullnode that syncs asks for a few at once. */
    private static final int STREAMS_PER_CONNECTION = 8;

    /** A request comes with the opening of the stream. */
    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(10);

    /** A page over a slow line. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /** Somebody who pages through the market. */
    static final double SEARCHES = 10;

    static final double SEARCHES_AT_ONCE = 40;

    /** Another fullnode: of 10,000 records it makes some 20 comparisons, and fetches 160 times. */
    static final double COMPARISONS = 20;

    static final double COMPARISONS_AT_ONCE = 100;
    static final double FETCHES = 100;
    static final double FETCHES_AT_ONCE = 400;

    /** A search takes a processor for some milliseconds: more at once would only take turns. */
    private static final int AT_A_TIME = 2 * Runtime.getRuntime().availableProcessors();

    /** Who waits for its turn longer than that asks another fullnode instead. */
    private static final Duration TURN_WITHIN = Duration.ofSeconds(2);

    private static final Refused TOO_OFTEN =
            new Refused(Refused.Reason.BUSY, "too many requests: try again in a few seconds");

    private static final Refused CROWDED =
            new Refused(Refused.Reason.BUSY, "too many ask at a time: try again, or ask another");

    private final Directory directory;
    private final AskingRates searches;
    private final AskingRates comparisons;
    private final AskingRates fetches;
    private final Semaphore turns = new Semaphore(AT_A_TIME, true);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param nanoTime monotonic
     */
    public DirectoryService(Directory directory, LongSupplier nanoTime) {
        this.directory = directory;
        searches = new AskingRates(SEARCHES_AT_ONCE, SEARCHES, nanoTime);
        comparisons = new AskingRates(COMPARISONS_AT_ONCE, COMPARISONS, nanoTime);
        fetches = new AskingRates(FETCHES_AT_ONCE, FETCHES, nanoTime);
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(DirectoryProtocol.ID);
    }

    @Override
    public int maxInboundPerConnection() {
        return STREAMS_PER_CONNECTION;
    }

    /** How many requests were answered, without those that were refused. */
    public long answered() {
        return answered.get();
    }

    public long refused() {
        return refused.get();
    }

    @Override
    public void accept(Stream stream) throws IOException, InterruptedException {
        DirectoryAnswer answer;
        try {
            ByteString request = Deadline.within(REQUEST_WITHIN, stream, () -> read(stream));
            answer = answer(DirectoryWire.parseRequest(request), stream.connection());
        } catch (MalformedDirectoryException e) {
            answer = new Refused(Refused.Reason.MALFORMED, String.valueOf(e.getMessage()));
        } catch (UnreadableException e) {
            answer = new Refused(Refused.Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
        (answer instanceof Refused ? refused : answered).incrementAndGet();
        byte[] framed = DirectoryProtocol.framed(DirectoryWire.encode(answer));
        int _ =
                Deadline.within(
                        ANSWER_WITHIN,
                        stream,
                        () -> {
                            stream.output().write(framed);
                            stream.output().flush();
                            return framed.length;
                        });
    }

    /** What the deadline's work may throw. */
    private static final class UnreadableException extends IOException {
        UnreadableException(MalformedDirectoryException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static ByteString read(Stream stream) throws IOException {
        try {
            return DirectoryProtocol.read(stream.input(), DirectoryProtocol.MAX_REQUEST);
        } catch (MalformedDirectoryException e) {
            throw new UnreadableException(e);
        }
    }

    private DirectoryAnswer answer(DirectoryRequest request, Connection connection)
            throws InterruptedException {
        PeerId peer = connection.remotePeer();
        Multiaddr remote = connection.remoteAddress();
        boolean allowed =
                switch (request) {
                    case DirectoryRequest.Search _, DirectoryRequest.Get _ ->
                            searches.take(peer, remote);
                    case DirectoryRequest.Compare _ -> comparisons.take(peer, remote);
                    case DirectoryRequest.Fetch _ -> fetches.take(peer, remote);
                };
        if (!allowed) {
            return TOO_OFTEN;
        }
        if (!turns.tryAcquire(TURN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            return CROWDED;
        }
        try {
            return directory.answer(request);
        } catch (IOException e) {
            LOG.error("the directory can't answer", e);
            return new Refused(Refused.Reason.UNAVAILABLE, "this fullnode can't read its index");
        } finally {
            turns.release();
        }
    }
}
