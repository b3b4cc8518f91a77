package org.flowshield.libp2p.resource;

import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has taken of its host's limits, from the first packet to the last. Any
 * thread.
 *
 * <pre>
 *  handshaking --authenticated--> open --release--> gone
 *       |  \--gives way--> displaced --release------^
 *       +---release---------------------------------+
 * </pre>
 */
public final class ConnectionScope {

    /** Where a connection is in its life; guarded by the lock of {@link Admission}. */
    enum Stage {
        HANDSHAKING,
        DISPLACED,
        OPEN,
        GONE
    }

    private final Admission admission;
    private final boolean inbound;
    private final @Nullable Origin origin;
    private final Origin region;
    private final Runnable giveWay;
    private final Gauge streams;
    private final Gauge negotiating;
    private final Gauge windows;
    private final ByteAccount received;
    private final ByteAccount unsent;
    private Stage stage = Stage.HANDSHAKING;
    private volatile Admission.@Nullable PeerTally peer;
    private volatile int unauthenticated;

    /**
     * @param origin null if the connection does not count for its address
     * @param giveWay closes it at once to make room for another; any thread
     */
    ConnectionScope(
            Admission admission,
            boolean inbound,
            @Nullable Origin origin,
            Origin region,
            Runnable giveWay) {
        this.admission = admission;
        this.inbound = inbound;
        this.origin = origin;
        this.region = region;
        this.giveWay = giveWay;
        Limits limits = admission.limits();
        this.streams = new Gauge(limits.of(Limit.STREAMS_PER_CONNECTION));
        this.negotiating = new Gauge(limits.of(Limit.STREAMS_NEGOTIATING_PER_CONNECTION));
        this.windows = new Gauge(limits.of(Limit.WINDOW_BYTES_PER_CONNECTION));
        this.received =
                new ByteAccount(
                        admission.received(), limits.of(Limit.RECEIVED_BYTES_PER_CONNECTION));
        this.unsent =
                new ByteAccount(admission.unsent(), limits.of(Limit.UNSENT_BYTES_PER_CONNECTION));
    }

    // ---- the connection ----

    /**
     * Accounts input of a peer that is not authenticated; event loop only.
     *
     * @return false if it is too much: the connection must end
     */
    public boolean acceptUnauthenticated(int bytes) {
        int total = unauthenticated + bytes;
        unauthenticated = total;
        return total <= admission.limits().of(Limit.UNAUTHENTICATED_BYTES)
                || admission.refuse(Limit.UNAUTHENTICATED_BYTES);
    }

    /**
     * The handshake is over: it is known who the peer is.
     *
     * @throws LimitReachedException if there is no room for its connection, or it is banned; the
     *     caller closes it
     */
    public void authenticated(PeerId id) throws LimitReachedException {
        admission.authenticated(this, id);
    }

    /** The connection is gone. Idempotent. */
    public void release() {
        admission.release(this);
    }

    void giveWay() {
        giveWay.run();
    }

    // ---- its streams ----

    /** Takes the place of an inbound stream; null if there is none: the stream is refused. */
    public @Nullable StreamScope acceptStream() {
        Admission.PeerTally tally = peer;
        if (tally == null || !take(streams, Limit.STREAMS_PER_CONNECTION)) {
            return null;
        }
        if (!take(tally.streams(), Limit.STREAMS_PER_PEER)) {
            streams.giveBack(1);
            return null;
        }
        if (!take(admission.streams(), Limit.STREAMS_INBOUND)) {
            tally.streams().giveBack(1);
            streams.giveBack(1);
            return null;
        }
        if (!acceptNegotiating()) {
            streamEnded();
            return null;
        }
        return new StreamScope(this);
    }

    private boolean acceptNegotiating() {
        if (!take(negotiating, Limit.STREAMS_NEGOTIATING_PER_CONNECTION)) {
            return false;
        }
        if (!take(admission.negotiating(), Limit.STREAMS_NEGOTIATING)) {
            negotiating.giveBack(1);
            return false;
        }
        return true;
    }

    private boolean take(Gauge gauge, Limit limit) {
        return gauge.take() || admission.refuse(limit);
    }

    void streamNegotiated() {
        negotiating.giveBack(1);
        admission.negotiating().giveBack(1);
    }

    void streamEnded() {
        streams.giveBack(1);
        Admission.PeerTally tally = peer;
        if (tally != null) {
            tally.streams().giveBack(1);
        }
        admission.streams().giveBack(1);
    }

    // ---- bytes ----

    /** Whether the peer may make us hold so many bytes more that nobody has read. */
    public boolean mayReceive(int bytes) {
        return (received.withinOwnBound(bytes)
                        || admission.refuse(Limit.RECEIVED_BYTES_PER_CONNECTION))
                && (received.withinHostBound(bytes) || admission.refuse(Limit.RECEIVED_BYTES));
    }

    /** Accounts bytes that wait to be read, or with less than 0 bytes that do no longer. */
    public void received(long bytes) {
        received.add(bytes);
    }

    /** Whether a writer may have so many bytes waiting beside what its connection already has. */
    public boolean mayWrite(int bytes) {
        return (unsent.withinOwnBound(bytes) || admission.refuse(Limit.UNSENT_BYTES_PER_CONNECTION))
                && (unsent.withinHostBound(bytes) || admission.refuse(Limit.UNSENT_BYTES));
    }

    /** Accounts bytes that wait to be sent, or with less than 0 bytes that do no longer. */
    public void unsent(long bytes) {
        unsent.add(bytes);
    }

    /**
     * Lets a receive window grow.
     *
     * @return by how much, at most what is wanted
     */
    public int growWindow(int wanted) {
        long own = windows.takeUpTo(wanted);
        if (own < wanted) {
            admission.refuse(Limit.WINDOW_BYTES_PER_CONNECTION);
        }
        long granted = admission.windows().takeUpTo(own);
        if (granted < own) {
            admission.refuse(Limit.WINDOW_BYTES);
            windows.giveBack(own - granted);
        }
        return (int) granted;
    }

    /** Gives back what windows had grown by. */
    public void windowClosed(int growth) {
        windows.giveBack(growth);
        admission.windows().giveBack(growth);
    }

    // ---- what Admission reads and writes under its lock ----

    boolean inbound() {
        return inbound;
    }

    @Nullable Origin origin() {
        return origin;
    }

    Origin region() {
        return region;
    }

    Stage stage() {
        return stage;
    }

    void stage(Stage next) {
        stage = next;
    }

    Admission.@Nullable PeerTally peer() {
        return peer;
    }

    void peer(Admission.PeerTally tally) {
        peer = tally;
    }

    /** What this connection has taken of a limit per connection; 0 for other limits. */
    long used(Limit limit) {
        return switch (limit) {
            case UNAUTHENTICATED_BYTES -> stage == Stage.HANDSHAKING ? unauthenticated : 0;
            case STREAMS_PER_CONNECTION -> streams.used();
            case STREAMS_NEGOTIATING_PER_CONNECTION -> negotiating.used();
            case RECEIVED_BYTES_PER_CONNECTION -> received.used();
            case UNSENT_BYTES_PER_CONNECTION -> unsent.used();
            case WINDOW_BYTES_PER_CONNECTION -> windows.used();
            case SOCKETS,
                    CONNECTIONS_INBOUND,
                    CONNECTIONS_OUTBOUND,
                    CONNECTIONS_PER_PEER,
                    CONNECTIONS_PER_ADDRESS,
                    CONNECTIONS_PER_NETWORK,
                    ACCEPTS_PER_SECOND,
                    ACCEPT_BURST,
                    HANDSHAKES,
                    HANDSHAKES_PER_ADDRESS,
                    STREAMS_INBOUND,
                    STREAMS_PER_PEER,
                    STREAMS_NEGOTIATING,
                    RECEIVED_BYTES,
                    UNSENT_BYTES,
                    WINDOW_BYTES,
                    BANS ->
                    0;
        };
    }
}
