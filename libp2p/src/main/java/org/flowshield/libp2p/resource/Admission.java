package org.flowshield.libp2p.resource;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.resource.ConnectionScope.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Decides what peers may take of one host, and keeps account. It knows addresses, peers and
 * numbers, and no socket. Any thread.
 *
 * <p>Every table holds one entry for each connection at most, or has a bound of its own: whoever
 * comes from many addresses makes none of them grow.
 */
public final class Admission implements Resources {

    /**
     * Connections that had to give way and are not closed yet: other event loops close them, which
     * a flood must not outrun.
     */
    private static final int MAX_DISPLACED = 16;

    /**
     * The same for a newcomer from a region that has no handshake under way: a flood that keeps the
     * event loops behind with closing must not turn away those who are no part of it.
     */
    private static final int MAX_DISPLACED_FOR_OTHERS = 64;

    private final Limits limits;
    private final LongSupplier clock;
    private final Map<Limit, LongAdder> refused = new EnumMap<>(Limit.class);
    private final Gauge inbound;
    private final Gauge outbound;
    private final Gauge streams;
    private final Gauge negotiating;
    private final Gauge received;
    private final Gauge unsent;
    private final Gauge windows;

    /** Guards all below, for some look-ups or one pass over the handshakes. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<ConnectionScope> live = new HashSet<>();

    /** Inbound handshakes under way, the oldest first. */
    private final LinkedHashSet<ConnectionScope> handshakes = new LinkedHashSet<>();

    private final Map<Origin, Integer> handshakesByRegion = new HashMap<>();
    private final Map<Origin, Integer> handshakesByOrigin = new HashMap<>();
    private final Map<Origin, Integer> connectionsByOrigin = new HashMap<>();
    private final Map<PeerId, PeerTally> peers = new HashMap<>();
    private final AcceptRates rates;
    private final Bans bans;
    private int displacedNow;

    private volatile Consumer<BanTarget> banned = target -> {};

    /** What all connections with one peer have taken. */
    static final class PeerTally {

        private final PeerId id;
        private final Gauge streams;
        private int connections;

        private PeerTally(PeerId id, long streams) {
            this.id = id;
            this.streams = new Gauge(streams);
        }

        Gauge streams() {
            return streams;
        }
    }

    /**
     * @param clock monotonic, in nanoseconds
     */
    public Admission(Limits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        for (Limit limit : Limit.values()) {
            refused.put(limit, new LongAdder());
        }
        this.inbound = gauge(Limit.CONNECTIONS_INBOUND);
        this.outbound = gauge(Limit.CONNECTIONS_OUTBOUND);
        this.streams = gauge(Limit.STREAMS_INBOUND);
        this.negotiating = gauge(Limit.STREAMS_NEGOTIATING);
        this.received = gauge(Limit.RECEIVED_BYTES);
        this.unsent = gauge(Limit.UNSENT_BYTES);
        this.windows = gauge(Limit.WINDOW_BYTES);
        this.rates =
                new AcceptRates(limits.of(Limit.ACCEPTS_PER_SECOND), limits.of(Limit.ACCEPT_BURST));
        this.bans = new Bans(limits.of(Limit.BANS));
    }

    private Gauge gauge(Limit limit) {
        return new Gauge(limits.of(limit));
    }

    /** Calls {@code listener} with whom a ban is for, on the thread that bans. */
    public void onBan(Consumer<BanTarget> listener) {
        banned = listener;
    }

    // ---- connections ----

    /**
     * Decides on a connection that has just been accepted.
     *
     * @param giveWay closes this connection at once; called when it has to make room for another,
     *     by any thread
     * @return null if it is refused
     */
    public @Nullable ConnectionScope accept(InetAddress remote, Runnable giveWay) {
        Origin origin = Origin.of(remote);
        @Nullable Origin counted =
                limits.loopbackExempt() && Origin.isLoopback(remote) ? null : origin;
        @Nullable ConnectionScope displaced = null;
        ConnectionScope scope;
        lock.lock();
        try {
            @Nullable Limit reached = reachedBy(origin, counted);
            if (reached != null) {
                refuse(reached);
                return null;
            }
            @Nullable Limit full = fullOf();
            if (full != null) {
                refuse(full);
                displaced = displace(origin.region());
                if (displaced == null) {
                    return null;
                }
            }
            scope = new ConnectionScope(this, true, counted, origin.region(), giveWay);
            begin(scope);
        } finally {
            lock.unlock();
        }
        if (displaced != null) {
            displaced.giveWay();
        }
        return scope;
    }

    private @Nullable Limit reachedBy(Origin origin, @Nullable Origin counted) {
        long now = clock.getAsLong();
        if (bans.has(new BanTarget.Address(origin), now)) {
            return Limit.BANS;
        }
        if (inbound.isFull()) {
            return Limit.CONNECTIONS_INBOUND;
        }
        if (counted == null) {
            return null;
        }
        Limit perOrigin =
                counted.v4() ? Limit.CONNECTIONS_PER_ADDRESS : Limit.CONNECTIONS_PER_NETWORK;
        if (connectionsByOrigin.getOrDefault(counted, 0) >= limits.of(perOrigin)) {
            return perOrigin;
        }
        if (handshakesByOrigin.getOrDefault(counted, 0)
                >= limits.of(Limit.HANDSHAKES_PER_ADDRESS)) {
            return Limit.HANDSHAKES_PER_ADDRESS;
        }
        return rates.admit(counted, now) ? null : Limit.ACCEPTS_PER_SECOND;
    }

    /** What has room only if a handshake gives way. */
    private @Nullable Limit fullOf() {
        if (handshakes.size() >= limits.of(Limit.HANDSHAKES)) {
            return Limit.HANDSHAKES;
        }
        return live.size() >= limits.of(Limit.SOCKETS) ? Limit.SOCKETS : null;
    }

    private void begin(ConnectionScope scope) {
        live.add(scope);
        handshakes.add(scope);
        handshakesByRegion.merge(scope.region(), 1, Integer::sum);
        if (scope.origin() != null) {
            handshakesByOrigin.merge(scope.origin(), 1, Integer::sum);
            connectionsByOrigin.merge(scope.origin(), 1, Integer::sum);
        }
    }

    /**
     * The oldest handshake of the region that has most: a flood displaces its own. Null if there is
     * none, or as many as may be displaced have not yet closed.
     */
    private @Nullable ConnectionScope displace(Origin newcomers) {
        boolean among = handshakesByRegion.containsKey(newcomers);
        if (displacedNow >= (among ? MAX_DISPLACED : MAX_DISPLACED_FOR_OTHERS)) {
            return null;
        }
        int most = 0;
        for (int count : handshakesByRegion.values()) {
            most = Math.max(most, count);
        }
        for (ConnectionScope scope : handshakes) {
            if (handshakesByRegion.getOrDefault(scope.region(), 0) == most) {
                endHandshake(scope);
                scope.stage(Stage.DISPLACED);
                displacedNow++;
                return scope;
            }
        }
        return null;
    }

    private void endHandshake(ConnectionScope scope) {
        if (handshakes.remove(scope)) {
            handshakesByRegion.compute(scope.region(), Admission::oneLess);
            if (scope.origin() != null) {
                handshakesByOrigin.compute(scope.origin(), Admission::oneLess);
            }
        }
    }

    private static @Nullable Integer oneLess(Origin origin, @Nullable Integer count) {
        return count == null || count <= 1 ? null : count - 1;
    }

    /**
     * Decides on a connection that we are about to make.
     *
     * @throws LimitReachedException if it must not be made
     */
    public ConnectionScope dial(InetAddress remote) throws LimitReachedException {
        Origin origin = Origin.of(remote);
        lock.lock();
        try {
            if (bans.has(new BanTarget.Address(origin), clock.getAsLong())) {
                throw banned(new BanTarget.Address(origin));
            }
            if (live.size() >= limits.of(Limit.SOCKETS)) {
                throw reached(Limit.SOCKETS);
            }
            if (!outbound.take()) {
                throw reached(Limit.CONNECTIONS_OUTBOUND);
            }
            ConnectionScope scope =
                    new ConnectionScope(this, false, null, origin.region(), () -> {});
            live.add(scope);
            return scope;
        } finally {
            lock.unlock();
        }
    }

    void authenticated(ConnectionScope scope, PeerId id) throws LimitReachedException {
        lock.lock();
        try {
            if (scope.stage() != Stage.HANDSHAKING) {
                throw LimitReachedException.of(Limit.HANDSHAKES, limits.of(Limit.HANDSHAKES));
            }
            endHandshake(scope);
            if (bans.has(new BanTarget.Peer(id), clock.getAsLong())) {
                throw banned(new BanTarget.Peer(id));
            }
            PeerTally tally = peers.get(id);
            if (tally == null) {
                tally = new PeerTally(id, limits.of(Limit.STREAMS_PER_PEER));
            }
            if (tally.connections >= limits.of(Limit.CONNECTIONS_PER_PEER)) {
                throw reached(Limit.CONNECTIONS_PER_PEER);
            }
            if (scope.inbound() && !inbound.take()) {
                throw reached(Limit.CONNECTIONS_INBOUND);
            }
            tally.connections++;
            peers.put(id, tally);
            scope.peer(tally);
            scope.stage(Stage.OPEN);
        } finally {
            lock.unlock();
        }
    }

    private LimitReachedException reached(Limit limit) {
        refuse(limit);
        return LimitReachedException.of(limit, limits.of(limit));
    }

    private LimitReachedException banned(BanTarget target) {
        refuse(Limit.BANS);
        return new LimitReachedException(
                Limit.BANS, target + " is banned; lift the ban to let it in");
    }

    void release(ConnectionScope scope) {
        lock.lock();
        try {
            Stage before = scope.stage();
            if (before == Stage.GONE) {
                return;
            }
            if (before == Stage.DISPLACED) {
                displacedNow--;
            }
            endHandshake(scope);
            scope.stage(Stage.GONE);
            live.remove(scope);
            if (scope.origin() != null) {
                connectionsByOrigin.compute(scope.origin(), Admission::oneLess);
            }
            if (!scope.inbound()) {
                outbound.giveBack(1);
            } else if (before == Stage.OPEN) {
                inbound.giveBack(1);
            }
            PeerTally tally = scope.peer();
            if (tally != null && --tally.connections == 0) {
                peers.remove(tally.id);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- what scopes use ----

    Limits limits() {
        return limits;
    }

    /** Counts a refusal; false, for the ends of conditions. */
    boolean refuse(Limit limit) {
        refusals(limit).increment();
        return false;
    }

    private LongAdder refusals(Limit limit) {
        return Objects.requireNonNull(refused.get(limit));
    }

    Gauge streams() {
        return streams;
    }

    Gauge negotiating() {
        return negotiating;
    }

    Gauge received() {
        return received;
    }

    Gauge unsent() {
        return unsent;
    }

    Gauge windows() {
        return windows;
    }

    // ---- what is shown ----

    @Override
    public List<Usage> usage() {
        List<Usage> usage = new ArrayList<>();
        lock.lock();
        try {
            for (Limit limit : Limit.values()) {
                usage.add(new Usage(limit, used(limit), limits.of(limit), refusals(limit).sum()));
            }
        } finally {
            lock.unlock();
        }
        return usage;
    }

    private long used(Limit limit) {
        return switch (limit) {
            case SOCKETS -> live.size();
            case CONNECTIONS_INBOUND -> inbound.used();
            case CONNECTIONS_OUTBOUND -> outbound.used();
            case CONNECTIONS_PER_PEER -> most(peers, tally -> tally.connections);
            case CONNECTIONS_PER_ADDRESS -> most(connectionsByOrigin, true);
            case CONNECTIONS_PER_NETWORK -> most(connectionsByOrigin, false);
            case ACCEPTS_PER_SECOND -> Math.min(limits.of(limit), rates.busiest(clock.getAsLong()));
            case ACCEPT_BURST -> rates.busiest(clock.getAsLong());
            case HANDSHAKES -> handshakes.size();
            case HANDSHAKES_PER_ADDRESS ->
                    Math.max(most(handshakesByOrigin, true), most(handshakesByOrigin, false));
            case STREAMS_INBOUND -> streams.used();
            case STREAMS_PER_PEER -> most(peers, tally -> tally.streams.used());
            case STREAMS_NEGOTIATING -> negotiating.used();
            case RECEIVED_BYTES -> received.used();
            case UNSENT_BYTES -> unsent.used();
            case WINDOW_BYTES -> windows.used();
            case BANS -> bans.list(clock.getAsLong()).size();
            case UNAUTHENTICATED_BYTES,
                    STREAMS_PER_CONNECTION,
                    STREAMS_NEGOTIATING_PER_CONNECTION,
                    RECEIVED_BYTES_PER_CONNECTION,
                    UNSENT_BYTES_PER_CONNECTION,
                    WINDOW_BYTES_PER_CONNECTION ->
                    live.stream().mapToLong(scope -> scope.used(limit)).max().orElse(0);
        };
    }

    private static <T> long most(Map<?, T> tallies, ToLongFunction<T> count) {
        return tallies.values().stream().mapToLong(count).max().orElse(0);
    }

    private static long most(Map<Origin, Integer> tallies, boolean v4) {
        long most = 0;
        for (Map.Entry<Origin, Integer> tally : tallies.entrySet()) {
            if (tally.getKey().v4() == v4) {
                most = Math.max(most, tally.getValue());
            }
        }
        return most;
    }

    // ---- bans ----

    @Override
    public void ban(BanTarget target, Duration duration) {
        lock.lock();
        try {
            bans.add(target, duration, clock.getAsLong());
        } finally {
            lock.unlock();
        }
        banned.accept(target);
    }

    @Override
    public boolean unban(BanTarget target) {
        lock.lock();
        try {
            return bans.remove(target);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Ban> bans() {
        lock.lock();
        try {
            return bans.list(clock.getAsLong());
        } finally {
            lock.unlock();
        }
    }
}
