package org.flowshield.libp2p.host;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.resource.Resources;
import org.flowshield.libp2p.security.WrongPeerException;
import org.flowshield.libp2p.transport.DialOptions;

/**
 * A libp2p node: one identity, its listeners and its connections. Built by {@link HostBuilder}.
 *
 * <p>Safe for use by any thread; blocking methods are meant for virtual threads.
 */
public interface Host extends AutoCloseable {

    PeerId peerId();

    /** Where this host listens, with real ports, without {@code /p2p}. */
    List<Multiaddr> listenAddresses();

    /** Starts to listen; returns the address with the real port. */
    Multiaddr listen(Multiaddr address) throws IOException;

    /**
     * Listens there no more; connections that came in by it stay. Blocks until the port is free.
     *
     * @param address one of {@link #listenAddresses}; any other changes nothing
     */
    void unlisten(Multiaddr address);

    /**
     * Dials and secures, from a socket as {@link HostBuilder#dialOptions} says. If the address ends
     * in {@code /p2p/ID} the peer must prove to be that one.
     *
     * @throws WrongPeerException if it proves to be another
     * @throws IOException if it cannot be reached or the handshake fails
     */
    Connection connect(Multiaddr address) throws IOException;

    /** As {@link #connect(Multiaddr)}, from a socket of a special kind. */
    Connection connect(Multiaddr address, DialOptions options) throws IOException;

    List<Connection> connections();

    /**
     * Calls {@code listener} once for each connection that is ready from now on, inbound or
     * outbound, on a virtual thread of its own.
     */
    void onConnection(Consumer<Connection> listener);

    /** Serves a protocol to peers from now on. */
    void handle(ProtocolBinding binding);

    /**
     * Serves these protocols no more; streams that are open stay. Idempotent.
     *
     * @param binding one that is handled; any other changes nothing
     */
    void unhandle(ProtocolBinding binding);

    /** The ids of all protocols served. */
    List<ProtocolId> protocols();

    /** How the host's limits stand, and who is shut out. */
    Resources resources();

    /**
     * Closes listeners, connections and event loops. Threads that serve streams find these ended;
     * those that have not returned after a second are interrupted and waited for one second more,
     * then the host lets go of them with a warning. A thread of the host may call this: nobody
     * waits for it. Idempotent.
     */
    @Override
    void close();
}
