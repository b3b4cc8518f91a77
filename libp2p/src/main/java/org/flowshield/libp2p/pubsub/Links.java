package org.flowshield.libp2p.pubsub;

import com.google.protobuf.ByteString;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.identify.Identified;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.mesh.Event;
import org.flowshield.libp2p.pubsub.mesh.Version;
import org.flowshield.libp2p.pubsub.wire.MalformedRpcException;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.Rpcs;
import org.flowshield.libp2p.record.MalformedRecordException;
import org.flowshield.libp2p.record.PeerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams between us and our peers: to each one that we write, from each one that we read (the
 * specification's way). Works on virtual threads.
 */
final class Links implements ProtocolBinding {

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    /** One that is read, a new one that takes its place, and those that are just ending. */
    private static final int MAX_INBOUND = 4;

    /** Connections under way at a time to peers that others have named. */
    private static final int MAX_CONNECTING = 4;

    /** Addresses of such a peer that are tried. */
    private static final int MAX_ADDRESSES = 4;

    /**
     * What a peer sent before it went is here or on its way; a peer that stays is not waited for.
     */
    private static final Duration READ_ON = Duration.ofSeconds(1);

    private static final int IPV4_BYTES = 4;

    /** Whoever has one IPv6 address has all of its /56. */
    private static final int IPV6_NETWORK_BYTES = 7;

    private final Host host;
    private final RouterLoop loop;
    private final ConcurrentMap<PeerId, Link> links = new ConcurrentHashMap<>();
    private final Semaphore connecting = new Semaphore(MAX_CONNECTING);

    Links(Host host, RouterLoop loop) {
        this.host = host;
        this.loop = loop;
    }

    void start(Identify identify) {
        host.handle(this);
        identify.onIdentified(this::identified);
        for (Connection connection : host.connections()) {
            var _ = identify.identified(connection).thenAccept(who -> identified(connection, who));
        }
        identify.changed();
    }

    private void identified(Connection connection, Identified who) {
        if (who.protocols().stream().anyMatch(Version.ids()::contains)
                && !isShunned(connection.remotePeer())) {
            link(connection);
        }
    }

    private boolean isShunned(PeerId peer) {
        return loop.ask(router -> router.isGreylisted(peer));
    }

    // ---- sending ----

    /**
     * The link to a connection's peer; begins one if there is none. One that has ended is listened
     * to for a moment longer: a peer that is back by another connection does not wait for that.
     */
    private Link link(Connection connection) {
        PeerId peer = connection.remotePeer();
        Link fresh = new Link(connection);
        for (Link known = links.putIfAbsent(peer, fresh);
                known != null;
                known = links.putIfAbsent(peer, fresh)) {
            if (!known.isOverBefore(connection)) {
                return known;
            }
            if (links.replace(peer, known, fresh)) {
                loop.tell(new Event.Left(peer));
                break;
            }
        }
        loop.run(() -> serve(fresh));
        if (loop.isClosed()) {
            links.remove(connection.remotePeer(), fresh);
            fresh.end();
        }
        return fresh;
    }

    /** Opens our stream to the peer and writes to it until its end. */
    private void serve(Link link) {
        Connection connection = link.connection;
        PeerId peer = link.peer();
        try (Stream stream = connection.newStream(Version.ids())) {
            Version version = Version.of(stream.protocol()).orElseThrow();
            loop.tell(new Event.Arrived(peer, version, connection.initiator(), place(connection)));
            link.opened(true);
            link.write(stream);
        } catch (IOException e) {
            LOG.debug("no more pubsub to {}: {}", peer, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // pubsub closes: the peer is not heard out
        } finally {
            link.end();
            link.finishReading(READ_ON);
            if (links.remove(peer, link)) {
                loop.tell(new Event.Left(peer));
                // A peer that has ended the stream alone would end the next one too.
                connection.closed().thenRun(() -> loop.run(() -> useAnother(connection)));
            }
        }
    }

    /** A peer can have several connections; the loss of one is not that of the peer. */
    private void useAnother(Connection lost) {
        PeerId peer = lost.remotePeer();
        host.connections().stream()
                .filter(other -> other.remotePeer().equals(peer) && !other.equals(lost))
                .findFirst()
                .ifPresent(this::link);
    }

    void send(PeerId peer, Rpc rpc) {
        Link link = links.get(peer);
        if (link != null && !link.queue.offer(rpc)) {
            LOG.debug("{} does not take what it is sent; pubsub gives it up", peer);
            link.abort();
        }
    }

    /** What the router has done with is gone at once, so that a new link does not meet it. */
    void shed(PeerId peer, String reason) {
        Link link = links.remove(peer);
        if (link != null) {
            LOG.info("pubsub has nothing more to do with {}: {}", peer, reason);
            link.abort();
        }
    }

    /** Peers at one place; loopback is none, where the machine's own programs are. */
    static String place(Connection connection) {
        Optional<InetAddress> address =
                connection.remoteAddress().socketAddress().map(InetSocketAddress::getAddress);
        if (address.isEmpty() || address.get().isLoopbackAddress()) {
            return "";
        }
        byte[] bytes = address.get().getAddress();
        return HexFormat.of()
                .formatHex(
                        bytes.length == IPV4_BYTES
                                ? bytes
                                : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
    }

    // ---- receiving ----

    @Override
    public List<ProtocolId> ids() {
        return Version.ids();
    }

    @Override
    public int maxInboundPerConnection() {
        return MAX_INBOUND;
    }

    @Override
    public void accept(Stream stream) throws IOException, InterruptedException {
        PeerId peer = stream.connection().remotePeer();
        if (loop.isClosed() || isShunned(peer)) {
            throw new IOException("no pubsub with " + peer);
        }
        Link link = link(stream.connection());
        if (!link.isOpen()) {
            throw new IOException(peer + " opens streams of pubsub and accepts none");
        }
        CompletableFuture<Void> reading = link.reads(stream);
        try {
            read(peer, new BufferedInputStream(stream.input()));
        } finally {
            reading.complete(null);
        }
    }

    private void read(PeerId peer, InputStream input) throws IOException, InterruptedException {
        try {
            for (Optional<byte[]> frame = Delimited.read(input, Rpc.MAX_BYTES);
                    frame.isPresent();
                    frame = Delimited.read(input, Rpc.MAX_BYTES)) {
                loop.received(peer, Rpcs.decode(frame.get()), frame.get().length);
            }
        } catch (MalformedRpcException | MalformedMultiformatException e) {
            loop.tell(new Event.Malformed(peer));
            throw new IOException(peer + " sent what is no RPC: " + e.getMessage(), e);
        }
    }

    // ---- peers that others name ----

    /** Tries the addresses of a peer's record, if it is the peer's own. */
    void connect(PeerId peer, ByteString envelope) {
        loop.run(
                () -> {
                    if (!connecting.tryAcquire()) {
                        return; // the next PRUNE names others
                    }
                    try {
                        PeerRecord told = PeerRecord.open(envelope.toByteArray());
                        if (told.peer().equals(peer)) {
                            connect(told);
                        }
                    } catch (MalformedRecordException e) {
                        LOG.debug("a peer was named with {}", e.getMessage());
                    } finally {
                        connecting.release();
                    }
                });
    }

    private void connect(PeerRecord told) {
        for (Multiaddr address : ways(told)) {
            try {
                Connection _ = host.connect(address.withoutPeer().withPeer(told.peer()));
                return; // identify tells us whether it speaks gossipsub
            } catch (IOException e) {
                LOG.debug("{} was named and is not there: {}", told.peer(), e.getMessage());
            }
        }
    }

    /** No names: nobody has us look something up. */
    static List<Multiaddr> ways(PeerRecord told) {
        return told.addresses().stream()
                .filter(address -> address.ip().isPresent())
                .limit(MAX_ADDRESSES)
                .toList();
    }

    // ---- the end ----

    /** Waits until everything has been written, for so long at most. */
    void drain(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (Link link : links.values()) {
                link.queue.awaitSent(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        links.values().forEach(Link::end);
        links.values().forEach(Link::stopReading);
    }
}
