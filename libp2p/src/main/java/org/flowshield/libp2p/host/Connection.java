package org.flowshield.libp2p.host;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.peer.PeerId;

/**
 * One secured and multiplexed link to a peer whose identity was proven in the handshake.
 *
 * <p>Safe for use by any thread. Blocking methods are meant for virtual threads and must not be
 * called on an event loop.
 */
public interface Connection extends AutoCloseable {

    PeerId remotePeer();

    Multiaddr localAddress();

    Multiaddr remoteAddress();

    /** The security protocol in use: {@code /tls/1.0.0} or {@code /noise}. */
    ProtocolId security();

    /** True if we dialled. */
    boolean initiator();

    /** How many streams it has now, of both sides. */
    int openStreams();

    /**
     * Opens a stream and agrees on the first of the given protocols that the peer speaks. Blocks
     * for at most the host's negotiation timeout.
     *
     * @throws ProtocolNotSupportedException if the peer speaks none of them
     * @throws IOException if the connection is gone or the peer does not answer in time
     */
    Stream newStream(List<ProtocolId> protocols) throws IOException;

    /**
     * Opens a stream for a protocol that the peer is known to speak, without waiting for it to
     * agree: what is written leaves with the proposal. If it does not speak the protocol, reading
     * and writing fail with {@link ProtocolNotSupportedException}.
     *
     * @throws IOException if the connection is gone
     */
    Stream openStream(ProtocolId protocol) throws IOException;

    /**
     * Takes the connection from its event loop: its socket, its record protection and the given
     * stream go to the caller, who drives them with threads of its own. On the wire nothing
     * changes. Every other stream is reset. Call it when both sides know that this stream alone
     * will be used from here on, and nothing sent through {@code stream} is pending. Blocks until
     * the hand-over is done.
     *
     * @throws IOException if the connection is gone
     */
    DetachedStream detach(Stream stream) throws IOException;

    /** Completes when the connection has ended, for whatever reason. */
    CompletionStage<Void> closed();

    /** Says GoAway and closes; all streams end. Idempotent. */
    @Override
    void close();
}
