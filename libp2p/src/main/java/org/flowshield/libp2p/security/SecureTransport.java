package org.flowshield.libp2p.security;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.List;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/** A security protocol: TLS 1.3 or Noise. */
public interface SecureTransport {

    /** Its name in multistream-select. */
    ProtocolId id();

    /**
     * Does the handshake. Called on the channel's event loop when the protocol has been agreed and
     * the pipeline holds nothing that reads any more; bytes that arrived early are fired through
     * the pipeline after this returns. The transport adds its handlers at the pipeline's end; when
     * the future completes, exactly one of them, a {@link RecordLayer}, is left, and everything
     * after it sees plaintext.
     *
     * <p>The future fails with {@link WrongPeerException} if the peer is not {@code expected}, with
     * another {@link java.io.IOException} if the handshake fails; the channel is closed then. Its
     * listeners run on the event loop before any plaintext is fired: they add what reads it. The
     * caller sets the time limit, and closes the channel when it is over.
     *
     * <p>For the side whose message is the last one (Noise's and TLS 1.3's initiator) success means
     * that the peer is known, not yet that it accepted us: a refusal comes as an exception in the
     * pipeline or as the connection's end.
     *
     * @param initiator true if we dialled
     * @param expected the peer that must answer, or null for any
     * @param muxers what we offer for early muxer negotiation, the preferred first
     */
    Future<Secured> secure(
            Channel channel, boolean initiator, @Nullable PeerId expected, List<ProtocolId> muxers);
}
