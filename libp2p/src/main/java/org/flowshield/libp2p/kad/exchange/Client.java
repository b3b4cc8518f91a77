package org.flowshield.libp2p.kad.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.kad.wire.MalformedKadException;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.Request;
import org.flowshield.libp2p.kad.wire.Response;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.peer.PeerId;

/**
 * Asks peers, over connections that there are or over new ones. Safe for use by any thread; blocks,
 * for virtual threads.
 */
public final class Client {

    /** Addresses of one peer that are tried. */
    private static final int MAX_DIALS = 3;

    /** Connections that were made for requests and stay open; the least used one is closed. */
    private static final int KEPT_CONNECTIONS = 128;

    private final Host host;
    private final ProtocolId protocol;
    private final AddressPolicy addresses;
    private final Duration limit;

    /** Guarded by itself. */
    private final LinkedHashMap<PeerId, Connection> dialled = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param limit for each write and each answer
     */
    public Client(Host host, ProtocolId protocol, AddressPolicy addresses, Duration limit) {
        this.host = host;
        this.protocol = protocol;
        this.addresses = addresses;
        this.limit = limit;
    }

    public Reached ask(PeerInfo peer, Request request) throws IOException {
        Optional<Connection> there = there(peer.peer());
        if (there.isPresent()) {
            Connection connection = there.get();
            Stream stream;
            try {
                stream = open(connection);
            } catch (ProtocolNotSupportedException e) {
                throw e;
            } catch (IOException e) {
                // It was about to close: that says nothing of the peer.
                return askAt(dial(peer), request);
            }
            return new Reached(exchange(stream, request), counted(connection));
        }
        return askAt(dial(peer), request);
    }

    private Reached askAt(Connection connection, Request request) throws IOException {
        return new Reached(askOn(connection, request), counted(connection));
    }

    private static Optional<Network> counted(Connection connection) {
        return AddressPolicy.counted(connection.remoteAddress());
    }

    /** Asks the peer of a connection. What is not answered is answered by nothing. */
    public Response askOn(Connection connection, Request request) throws IOException {
        return exchange(open(connection), request);
    }

    private Response exchange(Stream opened, Request request) throws IOException {
        try (Stream stream = opened) {
            Messages.write(stream, request.encode(), limit);
            if (request instanceof Request.AddProvider) {
                stream.closeWrite();
                return Response.EMPTY;
            }
            byte[] answer =
                    Messages.read(stream, Response.MAX_ENCODED, limit)
                            .orElseThrow(
                                    () ->
                                            new EOFException(
                                                    "the peer ended the stream instead of"
                                                            + " answering"));
            return parse(stream, answer, request);
        }
    }

    private Stream open(Connection connection) throws IOException {
        try {
            return connection.newStream(List.of(protocol));
        } catch (RejectedExecutionException e) {
            throw new IOException("the host is closed", e); // its event loops have ended
        }
    }

    private static Response parse(Stream stream, byte[] answer, Request request)
            throws IOException {
        try {
            return Response.parse(answer, request);
        } catch (MalformedKadException e) {
            stream.reset();
            throw new IOException("the peer's answer: " + e.getMessage(), e);
        }
    }

    private Optional<Connection> there(PeerId peer) {
        synchronized (dialled) {
            dialled.get(peer); // it is of use, and closed later than others
        }
        return host.connections().stream().filter(one -> one.remotePeer().equals(peer)).findFirst();
    }

    private Connection dial(PeerInfo peer) throws IOException {
        List<Multiaddr> usable =
                addresses.of(peer.addresses()).stream()
                        .filter(Multiaddr::isTcp)
                        .limit(MAX_DIALS)
                        .toList();
        IOException failure =
                new IOException("no address of " + peer.peer() + " can be dialled from here");
        for (Multiaddr address : usable) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            try {
                return kept(host.connect(address.withPeer(peer.peer())));
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Connection kept(Connection connection) {
        PeerId peer = connection.remotePeer();
        Optional<Connection> leastUsed = Optional.empty();
        synchronized (dialled) {
            dialled.put(peer, connection);
            if (dialled.size() > KEPT_CONNECTIONS) {
                leastUsed = Optional.of(dialled.pollFirstEntry().getValue());
            }
        }
        connection.closed().thenRun(() -> forget(peer, connection));
        leastUsed.ifPresent(Connection::close);
        return connection;
    }

    private void forget(PeerId peer, Connection connection) {
        synchronized (dialled) {
            dialled.remove(peer, connection);
        }
    }

    /** Closes the connections that were made for requests. */
    public void close() {
        List<Connection> open;
        synchronized (dialled) {
            open = List.copyOf(dialled.values());
        }
        open.forEach(Connection::close);
    }
}
