package org.flowshield.node.tunnel;

import java.io.IOException;
import java.net.Inet4Address;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.tunnel.ProviderSession.Event;
import org.flowshield.node.tunnel.control.ControlChannel;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Attach;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.node.tunnel.control.MalformedControlException;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.ProviderBilling;
import org.flowshield.node.tunnel.path.InnerAddresses;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.ProviderPath;
import org.flowshield.node.tunnel.path.SessionPath;

/**
 * Serves the tunnel protocol: grants sessions, lets their lanes in and ends them. Each stream runs
 * on the virtual thread that the host gives it. Safe for use by any thread.
 */
public final class ProviderService implements ProtocolBinding, AutoCloseable {

    public static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/tunnel/1.0.0");

    /**
     * A connection carries the control stream or one lane; one more, to be told that it may not.
     */
    private static final int STREAMS_PER_CONNECTION = 2;

    /** What happens to sessions, for who watches the provider. Must not wait. */
    public interface Watcher {
        /** A session was granted. */
        void opened(PeerId peer, Grant grant);

        /** It is over. */
        void ended(PeerId peer, Grant grant, PathCounters carried, String why);
    }

    private final ProviderTerms terms;
    private final AddressPool pool;
    private final ProviderPath path;
    private final Watcher watcher;
    private final SecureRandom random;
    private final LongSupplier clock;
    private final InstantSource time;
    private final ProviderBilling billing;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("tunnel-timer").factory());

    /** All that have said Hello. */
    private final Set<ServedSession> sessions = ConcurrentHashMap.newKeySet();

    /** What ended sessions have carried; guarded by {@link #provider}. */
    private PathCounters carriedBefore = PathCounters.ZERO;

    private final ServedSession.Provider provider = new Granting();
    private final LongAdder busy = new LongAdder();
    private volatile boolean closed;

    /**
     * Serves sessions on a path.
     *
     * @param path stays the caller's to close
     * @param clock monotonic, in nanoseconds
     */
    public ProviderService(
            ProviderTerms terms,
            AddressPool pool,
            ProviderPath path,
            Watcher watcher,
            SecureRandom random,
            LongSupplier clock) {
        this(terms, pool, path, watcher, random, clock, InstantSource.system());
    }

    /**
     * The same with a time of day.
     *
     * @param time when sessions began, for people
     */
    public ProviderService(
            ProviderTerms terms,
            AddressPool pool,
            ProviderPath path,
            Watcher watcher,
            SecureRandom random,
            LongSupplier clock,
            InstantSource time) {
        this(terms, pool, path, watcher, random, clock, time, ProviderBilling.NONE);
    }

    /**
     * The same for money.
     *
     * @param billing how it is paid
     */
    public ProviderService(
            ProviderTerms terms,
            AddressPool pool,
            ProviderPath path,
            Watcher watcher,
            SecureRandom random,
            LongSupplier clock,
            InstantSource time,
            ProviderBilling billing) {
        this.terms = terms;
        this.pool = pool;
        this.path = path;
        this.watcher = watcher;
        this.random = random;
        this.clock = clock;
        this.time = time;
        this.billing = billing;
    }

    /** All at once: each may take a moment. */
    private void settle() {
        CompletableFuture<?>[] settling =
                sessions.stream()
                        .flatMap(session -> session.holding().stream())
                        .flatMap(holding -> holding.bill().stream())
                        .map(
                                bill ->
                                        CompletableFuture.runAsync(
                                                bill::settle,
                                                task -> Thread.ofVirtual().start(task)))
                        .toArray(CompletableFuture<?>[]::new);
        Void _ = CompletableFuture.allOf(settling).join();
    }

    /** How often a client came when all sessions were taken. */
    public long refusedBusy() {
        return busy.sum();
    }

    /** The sessions that are granted now, in the order of their beginning. */
    public List<LiveSession> sessions() {
        return sessions.stream()
                .flatMap(session -> session.live().stream())
                .sorted(Comparator.comparing(LiveSession::since))
                .toList();
    }

    /** What all sessions have carried, those that have ended too. */
    public PathCounters carried() {
        synchronized (provider) {
            return sessions.stream()
                    .map(ServedSession::counters)
                    .reduce(carriedBefore, PathCounters::plus);
        }
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
        ControlChannel channel = new ControlChannel(stream.input(), stream.output());
        Optional<ControlMessage> first = first(stream, channel);
        if (first.isEmpty()) {
            return;
        }
        switch (first.orElseThrow()) {
            case Hello hello -> serve(stream, channel, hello);
            case Attach(SessionToken token, Lane lane) -> {
                try (token) {
                    attach(stream, channel, token, lane);
                }
            }
            default -> channel.send(badRequest("a stream begins with Hello or Attach"));
        }
    }

    /** A peer that says nothing, or nonsense, does not hold a stream. */
    private Optional<ControlMessage> first(Stream stream, ControlChannel channel)
            throws IOException {
        ScheduledFuture<?> impatience;
        try {
            impatience =
                    timer.schedule(
                            stream::reset,
                            ProviderSession.HELLO_WITHIN.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new IOException("the service ends at this moment", e);
        }
        try {
            return channel.receive();
        } catch (MalformedControlException e) {
            channel.send(badRequest("" + e.getMessage()));
            return Optional.empty();
        } finally {
            impatience.cancel(false);
        }
    }

    private void serve(Stream stream, ControlChannel channel, Hello hello)
            throws InterruptedException {
        ServedSession session = new ServedSession(provider, stream, channel, clock);
        sessions.add(session);
        try {
            session.run(hello);
        } finally {
            sessions.remove(session);
        }
    }

    private void attach(Stream stream, ControlChannel channel, SessionToken token, Lane lane)
            throws IOException {
        PeerId peer = stream.connection().remotePeer();
        Optional<ServedSession> found = Optional.empty();
        // All are looked at, so that the time taken says nothing about any token.
        for (ServedSession session : sessions) {
            boolean matches =
                    session.holding()
                            .map(holding -> holding.welcome().token().equals(token))
                            .orElse(false);
            if (matches && session.peer().equals(peer)) {
                found = Optional.of(session);
            }
        }
        if (found.isEmpty()) {
            channel.send(new Refused(Refused.Reason.BAD_TOKEN, "no session has this token"));
            return;
        }
        found.orElseThrow().attach(stream, channel, lane);
    }

    private static Refused badRequest(String detail) {
        return new Refused(Refused.Reason.BAD_REQUEST, detail);
    }

    /** Grants and takes back; one at a time, so that limits hold. */
    private final class Granting implements ServedSession.Provider {

        @Override
        public synchronized Event grant(ServedSession session, Hello hello) {
            if (closed) {
                return refuse(Refused.Reason.SHUTTING_DOWN, "the provider is about to stop");
            }
            Optional<Refused> objection = billing.objection(hello);
            if (objection.isPresent()) {
                Refused refused = objection.orElseThrow();
                return refuse(refused.reason(), refused.detail());
            }
            long granted = sessions.stream().filter(ProviderService::isGranted).count();
            if (granted >= terms.maxSessions()) {
                busy.increment();
                return refuse(
                        Refused.Reason.BUSY, "all " + terms.maxSessions() + " sessions are taken");
            }
            boolean again =
                    sessions.stream()
                            .filter(ProviderService::isGranted)
                            .anyMatch(other -> other.peer().equals(session.peer()));
            if (again) {
                return refuse(Refused.Reason.BUSY, "this peer has a session already");
            }
            boolean v4 = terms.ipv4() && hello.ipv4();
            boolean v6 = terms.ipv6() && hello.ipv6();
            Optional<AddressPool.Lease> lease = v4 || v6 ? pool.assign() : Optional.empty();
            return lease.<Event>map(addresses -> granted(session, hello, addresses, v4, v6))
                    .orElseGet(
                            () ->
                                    refuse(
                                            Refused.Reason.NO_ADDRESS,
                                            "there is no address of the kind asked for"));
        }

        private Event granted(
                ServedSession session,
                Hello hello,
                AddressPool.Lease lease,
                boolean v4,
                boolean v6) {
            Grant grant =
                    new Grant(
                            new InnerAddresses(
                                    Optional.of(lease.v4()).filter(_ -> v4),
                                    Optional.of(lease.v6()).filter(_ -> v6)),
                            Optional.of(pool.gateway4()).filter(_ -> v4),
                            Optional.of(pool.gateway6()).filter(_ -> v6),
                            terms.dns().stream()
                                    .filter(dns -> dns instanceof Inet4Address ? v4 : v6)
                                    .toList(),
                            terms.mtu());
            Welcome welcome =
                    new Welcome(
                            ControlMessage.VERSION,
                            SessionToken.random(random),
                            hello.lanes(),
                            hello.datagramLane(),
                            terms.takes(),
                            grant);
            Optional<Bill> bill =
                    billing.begin(session.peer(), hello, welcome.token(), session::billEnded);
            SessionPath sessionPath =
                    bill.isPresent()
                            ? path.add(
                                    grant.inner(),
                                    hello.takes(),
                                    bill.orElseThrow().credit(),
                                    session::pathEnded)
                            : path.add(grant.inner(), hello.takes(), session::pathEnded);
            session.hold(
                    new ServedSession.Holding(welcome, lease, sessionPath, bill, time.instant()));
            watcher.opened(session.peer(), grant);
            return new ProviderSession.Granted(welcome, clock.getAsLong());
        }

        @Override
        public synchronized void release(ServedSession session) {
            session.holding()
                    .ifPresent(
                            holding -> {
                                PathCounters carried = holding.path().counters();
                                carriedBefore = carriedBefore.plus(carried);
                                session.letGo();
                                pool.release(holding.lease());
                                watcher.ended(
                                        session.peer(),
                                        holding.welcome().grant(),
                                        carried,
                                        why(session));
                            });
        }
    }

    private static boolean isGranted(ServedSession session) {
        return session.holding().isPresent();
    }

    private static String why(ServedSession session) {
        return session.state() instanceof ProviderSession.Ended(EndReason reason, String detail)
                ? reason + ": " + detail
                : "";
    }

    private static Event refuse(Refused.Reason reason, String detail) {
        return new ProviderSession.NotGranted(reason, detail);
    }

    /** Says goodbye to all sessions, takes no more, and waits a moment for their ends. */
    @Override
    public void close() {
        closed = true;
        settle();
        sessions.forEach(session -> session.fail(EndReason.STOPPED, "the provider stops"));
        timer.shutdownNow();
        CompletableFuture<?>[] ends =
                sessions.stream().map(ServedSession::ended).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(ends);
        long millis = 2 * ServedSession.GOODBYE_WITHIN.toMillis();
        Void _ = all.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).join();
    }
}
