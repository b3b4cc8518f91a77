package org.flowshield.libp2p.peerstore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.SignedPeerRecord;

/** Remembers peers, within bounds. Safe for use by any thread; nothing but closing blocks. */
public interface PeerStore extends AutoCloseable {

    /**
     * A peer has proven who it is and said what it serves.
     *
     * @param remote where its connection comes from, or leads to: what it is counted by until a
     *     dial of our own has reached it
     * @param signed its record, if it gave one; takes the place of an older one only
     */
    void met(
            PeerId peer,
            Multiaddr remote,
            Optional<SignedPeerRecord> signed,
            List<ProtocolId> protocols);

    /** A dial of ours has reached the peer at this address. */
    void reached(PeerId peer, Multiaddr address);

    /** A dial of ours was in vain, whatever the reason. */
    void failed(PeerId peer);

    Optional<KnownPeer> find(PeerId peer);

    /**
     * Whom to try first, the most promising first and from as many networks as there are.
     *
     * @param serving only those that speak this
     */
    List<KnownPeer> candidates(ProtocolId serving, int count);

    /** How many peers are known. */
    int size();

    /** Writes down what is not yet written. Idempotent. */
    @Override
    void close() throws IOException;
}
