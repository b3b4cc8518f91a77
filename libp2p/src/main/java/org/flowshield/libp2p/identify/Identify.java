package org.flowshield.libp2p.identify;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.record.PeerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identify and its push on a host: answers queries, asks each new connection's peer who it is,
 * takes and sends updates. Safe for use by any thread; works on virtual threads.
 */
public final class Identify {

    public static final ProtocolId ID = new ProtocolId("/ipfs/id/1.0.0");
    public static final ProtocolId PUSH_ID = new ProtocolId("/ipfs/id/push/1.0.0");

    /** What every IPFS node says; nobody disconnects over it (specification). */
    private static final String PROTOCOL_VERSION = "ipfs/0.1.0";

    /** For one exchange (go-libp2p and js-libp2p). */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** One exchange, and the next while the thread of the one before is about to end. */
    private static final int MAX_INBOUND = 2;

    /** Pushes under way at a time (go-libp2p). */
    private static final int MAX_PUSHES = 32;

    /** Changes come in bunches; one push tells of all. */
    private static final Duration PUSH_DELAY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Identify.class);

    private final Host host;
    private final PrivateKey key;
    private final String agent;
    private final Clock clock;
    private final AdvertisedAddresses advertised;
    private final Duration limit;
    private final ConcurrentMap<Connection, Peer> peers = new ConcurrentHashMap<>();
    private final List<BiConsumer<Connection, Identified>> observers = new CopyOnWriteArrayList<>();
    private final AtomicLong seq = new AtomicLong();
    private final AtomicBoolean pushPlanned = new AtomicBoolean();
    private final Semaphore pushes = new Semaphore(MAX_PUSHES);

    private Identify(
            Host host,
            PrivateKey key,
            String agent,
            Clock clock,
            AdvertisedAddresses advertised,
            Duration limit) {
        this.host = host;
        this.key = key;
        this.agent = agent;
        this.clock = clock;
        this.advertised = advertised;
        this.limit = limit;
    }

    /**
     * Installs identify on a host.
     *
     * @param key the host's, to sign its records; not closed by this
     * @param agent name and version, {@code name/version}
     */
    public static Identify install(
            Host host, PrivateKey key, String agent, Clock clock, AdvertisedAddresses advertised) {
        return install(host, key, agent, clock, advertised, LIMIT);
    }

    static Identify install(
            Host host,
            PrivateKey key,
            String agent,
            Clock clock,
            AdvertisedAddresses advertised,
            Duration limit) {
        Identify identify = new Identify(host, key, agent, clock, advertised, limit);
        host.handle(identify.new Answers());
        host.handle(identify.new Updates());
        host.onConnection(identify::ask);
        return identify;
    }

    /**
     * What the peer said about itself when the connection was new, or in a push since. Completes
     * exceptionally if it said nothing in time, or nothing to be believed, or the connection ended.
     */
    public CompletionStage<Identified> identified(Connection connection) {
        return peer(connection).known();
    }

    /**
     * Calls {@code observer} for each answer and each push from now on, on the virtual thread that
     * read it.
     */
    public void onIdentified(BiConsumer<Connection, Identified> observer) {
        observers.add(observer);
    }

    private void tell(Connection connection, Identified news) {
        observers.forEach(observer -> observer.accept(connection, news));
    }

    /** Asks the peer again. */
    public Identified query(Connection connection) throws IOException, MalformedIdentifyException {
        try (Stream stream = connection.newStream(List.of(ID))) {
            IdentifyProtos.Identify message = read(stream);
            return Identified.of(connection.remotePeer(), connection.remoteAddress(), message);
        }
    }

    /** Tells all peers that want to know, in a moment, that addresses or protocols have changed. */
    public void changed() {
        if (pushPlanned.compareAndSet(false, true)) {
            Executor later =
                    CompletableFuture.delayedExecutor(
                            PUSH_DELAY.toMillis(),
                            TimeUnit.MILLISECONDS,
                            Thread::startVirtualThread);
            later.execute(
                    () -> {
                        pushPlanned.set(false);
                        peers.forEach(this::pushIfWanted);
                    });
        }
    }

    private void ask(Connection connection) {
        Peer peer = peer(connection);
        try {
            Identified answer = query(connection);
            peer.answered(answer);
            tell(connection, answer);
        } catch (IOException | MalformedIdentifyException e) {
            LOG.debug("identify of {}: {}", connection.remotePeer(), e.getMessage());
            peer.failed(e);
        } catch (RuntimeException e) {
            peer.failed(e); // nobody shall wait for ever for the outcome of a bug
            throw e;
        }
    }

    private Peer peer(Connection connection) {
        Peer known = peers.get(connection);
        if (known != null) {
            return known;
        }
        Peer fresh = new Peer(new PushBudget(clock.instant()));
        Peer raced = peers.putIfAbsent(connection, fresh);
        if (raced != null) {
            return raced;
        }
        connection
                .closed()
                .thenRun(
                        () -> {
                            peers.remove(connection, fresh);
                            fresh.failed(new IOException("the connection has ended"));
                        });
        return fresh;
    }

    private void pushIfWanted(Connection connection, Peer peer) {
        if (peer.wantsPushes()) {
            Thread.startVirtualThread(() -> push(connection));
        }
    }

    private void push(Connection connection) {
        pushes.acquireUninterruptibly();
        try (Stream stream = connection.newStream(List.of(PUSH_ID))) {
            write(stream);
        } catch (IOException e) {
            LOG.debug("push to {}: {}", connection.remotePeer(), e.getMessage());
        } finally {
            pushes.release();
        }
    }

    /** Reads all that the peer says on a stream. */
    private IdentifyProtos.Identify read(Stream stream)
            throws IOException, MalformedIdentifyException {
        Object result =
                Deadline.<Object>within(
                        limit,
                        stream,
                        () -> {
                            try {
                                return IdentifyMessages.read(stream.input());
                            } catch (MalformedIdentifyException e) {
                                return e;
                            }
                        });
        if (result instanceof MalformedIdentifyException malformed) {
            stream.reset();
            throw malformed;
        }
        return (IdentifyProtos.Identify) result;
    }

    private void write(Stream stream) throws IOException {
        IdentifyProtos.Identify message = describe(stream.connection());
        Deadline.within(
                limit,
                stream,
                () -> {
                    IdentifyMessages.write(stream.output(), message);
                    stream.closeWrite();
                    return true;
                });
    }

    /** What we say to the peer of a connection. */
    private IdentifyProtos.Identify describe(Connection connection) {
        Multiaddr remote = connection.remoteAddress().withoutPeer();
        List<Multiaddr> addresses =
                advertised.of(host.listenAddresses()).stream()
                        .filter(address -> Reach.of(address).isToldTo(Reach.of(remote)))
                        .toList();
        IdentifyProtos.Identify.Builder message =
                IdentifyProtos.Identify.newBuilder()
                        .setPublicKey(ByteString.copyFrom(key.publicKey().encoded()))
                        .setProtocolVersion(PROTOCOL_VERSION)
                        .setAgentVersion(agent);
        host.protocols().forEach(protocol -> message.addProtocols(protocol.value()));
        addresses.forEach(address -> message.addListenAddrs(ByteString.copyFrom(address.encode())));
        if (!remote.isRelayed()) {
            message.setObservedAddr(ByteString.copyFrom(remote.encode()));
        }
        if (!addresses.isEmpty()) {
            PeerRecord told = new PeerRecord(host.peerId(), nextSeq(), addresses);
            message.setSignedPeerRecord(ByteString.copyFrom(told.seal(key).encoded()));
        }
        return message.build();
    }

    /** The time in milliseconds, as js-libp2p has it, but never the same twice. */
    private long nextSeq() {
        return seq.updateAndGet(last -> Math.max(last + 1, clock.millis()));
    }

    private final class Answers implements ProtocolBinding {

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
            write(stream);
        }
    }

    private final class Updates implements ProtocolBinding {

        @Override
        public List<ProtocolId> ids() {
            return List.of(PUSH_ID);
        }

        @Override
        public int maxInboundPerConnection() {
            return MAX_INBOUND;
        }

        @Override
        public void accept(Stream stream) throws IOException {
            Connection connection = stream.connection();
            Peer peer = peer(connection);
            if (!peer.mayPush()) {
                throw new IOException("more identify pushes than anyone needs");
            }
            try {
                IdentifyProtos.Identify message = read(stream);
                tell(connection, peer.pushed(connection, message));
            } catch (MalformedIdentifyException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /** What is known of a connection's peer. Guarded by itself: queries and pushes may cross. */
    private final class Peer {

        private final PushBudget budget;
        private CompletableFuture<Identified> known = new CompletableFuture<>();

        Peer(PushBudget budget) {
            this.budget = budget;
        }

        synchronized CompletionStage<Identified> known() {
            return known.minimalCompletionStage();
        }

        synchronized boolean mayPush() {
            return budget.take(clock.instant());
        }

        synchronized boolean wantsPushes() {
            return known.isDone()
                    && !known.isCompletedExceptionally()
                    && known.resultNow().protocols().contains(PUSH_ID);
        }

        /** A push that came first is newer than the answer to a question asked before. */
        synchronized void answered(Identified answer) {
            known.complete(answer);
        }

        synchronized void failed(Exception cause) {
            known.completeExceptionally(cause);
        }

        synchronized Identified pushed(Connection connection, IdentifyProtos.Identify message)
                throws MalformedIdentifyException {
            boolean first = !known.isDone() || known.isCompletedExceptionally();
            Identified news =
                    first
                            ? Identified.of(
                                    connection.remotePeer(), connection.remoteAddress(), message)
                            : known.resultNow().updated(connection.remoteAddress(), message);
            if (!known.complete(news)) {
                known = CompletableFuture.completedFuture(news);
            }
            return news;
        }
    }
}
