package org.flowshield.libp2p.security;

import java.util.Optional;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;

/**
 * The outcome of a handshake.
 *
 * @param muxer the muxer agreed on during the handshake; empty means multistream-select decides
 */
public record Secured(
        PeerId peer, PublicKey key, Optional<ProtocolId> muxer, RecordLayer records) {}
