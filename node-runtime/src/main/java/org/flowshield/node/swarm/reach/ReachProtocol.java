package org.flowshield.node.swarm.reach;

import static org.flowshield.node.swarm.reach.MalformedReachException.Reason;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.WrongPeerException;

/**
 * Dials peers back that ask for it, within {@link DialRules} and {@link DialLimits}. Each stream
 * runs on the virtual thread that the host gives it.
 */
public final class ReachProtocol implements ProtocolBinding {

    public static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/reach/1.0.0");

    /** A round trip over the slowest line. */
    private static final Duration HEAR_WITHIN = Duration.ofSeconds(10);

    /** For all dials of a request. A SYN that is lost is sent again after 1 s, 3 s and 7 s. */
    static final Duration DIAL_WITHIN = Duration.ofSeconds(8);

    /** Requests that are worked on at a time. */
    static final int PARALLEL = 8;

    /** One request, and the next while the thread of the one before is about to end. */
    private static final int STREAMS_PER_CONNECTION = 2;

    private final Host dialler;
    private final DialRules rules;
    private final LongSupplier nanoTime;
    private final DialLimits limits = new DialLimits();
    private final Semaphore working = new Semaphore(PARALLEL);
    private final LongAdder dialled = new LongAdder();
    private final LongAdder reached = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /**
     * @param dialler dials, under a key that nobody knows, so that what it opens and closes is
     *     nobody's link to the node; stays the caller's to close
     * @param local whether private and loopback addresses are dialled too
     * @param nanoTime a monotonic clock
     */
    public ReachProtocol(Host dialler, boolean local, LongSupplier nanoTime) {
        this.dialler = dialler;
        this.rules = new DialRules(local);
        this.nanoTime = nanoTime;
    }

    /**
     * What was asked for since the node began. Immutable.
     *
     * @param dialled addresses that peers asked to be dialled at, and were
     * @param reached of them, those that it got through to
     * @param refused addresses that it did not dial: too many, or none of the peer's own
     */
    public record Counts(long dialled, long reached, long refused) {}

    /** What it has done. */
    public Counts counts() {
        return new Counts(dialled.sum(), reached.sum(), refused.sum());
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(PROTOCOL);
    }

    @Override
    public int maxInboundPerConnection() {
        return STREAMS_PER_CONNECTION;
    }

    @Override
    public void accept(Stream stream) throws IOException, InterruptedException {
        Connection connection = stream.connection();
        List<Multiaddr> asked = asked(stream);
        byte[] answer =
                ReachWire.encodeOutcomes(
                        outcomes(asked, connection.remotePeer(), connection.remoteAddress()));
        Deadline.<Object>within(
                HEAR_WITHIN,
                stream,
                () -> {
                    Delimited.write(stream.output(), answer);
                    stream.output().flush();
                    return answer;
                });
    }

    private static List<Multiaddr> asked(Stream stream) throws IOException {
        byte[] request = Deadline.within(HEAR_WITHIN, stream, () -> read(stream));
        try {
            return ReachWire.parseAddresses(request);
        } catch (MalformedReachException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** One message of a stream. */
    static byte[] read(Stream stream) throws IOException {
        try {
            return Delimited.read(stream.input(), ReachWire.MAX_LENGTH)
                    .orElseThrow(
                            () -> new IOException(new MalformedReachException(Reason.TRUNCATED)));
        } catch (MalformedMultiformatException e) {
            throw new IOException(new MalformedReachException(Reason.TOO_LONG));
        }
    }

    private List<DialOutcome> outcomes(List<Multiaddr> asked, PeerId peer, Multiaddr remote)
            throws InterruptedException {
        List<Multiaddr> dialled = rules.dialled(asked, remote);
        Map<Multiaddr, DialOutcome> outcomes = new LinkedHashMap<>();
        if (!dialled.isEmpty() && working.tryAcquire()) {
            try {
                boolean allowed = limits.take(peer, remote, nanoTime.getAsLong());
                outcomes.putAll(allowed ? dial(dialled, peer) : busy(dialled));
            } finally {
                working.release();
            }
        } else {
            outcomes.putAll(busy(dialled));
        }
        List<DialOutcome> all =
                asked.stream()
                        .map(at -> outcomes.getOrDefault(at, DialOutcome.NOT_DIALLED))
                        .toList();
        all.forEach(this::count);
        return all;
    }

    private void count(DialOutcome outcome) {
        (outcome.isTried() ? dialled : refused).increment();
        if (outcome == DialOutcome.REACHED) {
            reached.increment();
        }
    }

    private static Map<Multiaddr, DialOutcome> busy(List<Multiaddr> addresses) {
        Map<Multiaddr, DialOutcome> outcomes = new LinkedHashMap<>();
        addresses.forEach(address -> outcomes.put(address, DialOutcome.BUSY));
        return outcomes;
    }

    /** All at a time; who has not answered at the end has not answered. */
    private Map<Multiaddr, DialOutcome> dial(List<Multiaddr> addresses, PeerId peer)
            throws InterruptedException {
        Map<Multiaddr, DialOutcome> outcomes = new ConcurrentHashMap<>();
        addresses.forEach(address -> outcomes.put(address, DialOutcome.NO_ANSWER));
        List<Thread> dials = new ArrayList<>();
        for (Multiaddr address : addresses) {
            dials.add(
                    Thread.ofVirtual()
                            .name("dial-back")
                            .start(() -> outcomes.put(address, dial(address.withPeer(peer)))));
        }
        long end = System.nanoTime() + DIAL_WITHIN.toNanos();
        try {
            for (Thread dial : dials) {
                boolean _ = dial.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } finally {
            dials.forEach(Thread::interrupt);
        }
        return Map.copyOf(outcomes);
    }

    private DialOutcome dial(Multiaddr address) {
        try (Connection _ = dialler.connect(address)) {
            return DialOutcome.REACHED;
        } catch (WrongPeerException e) {
            return DialOutcome.ANOTHER;
        } catch (SocketTimeoutException e) {
            return DialOutcome.NO_ANSWER;
        } catch (IOException e) {
            return Thread.currentThread().isInterrupted()
                    ? DialOutcome.NO_ANSWER
                    : DialOutcome.REFUSED;
        }
    }
}
