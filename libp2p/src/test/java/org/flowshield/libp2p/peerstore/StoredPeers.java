package org.flowshield.libp2p.peerstore;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.PeerRecord;
import org.flowshield.libp2p.record.SignedPeerRecord;

/** Peers with keys, which can sign where they are. */
final class StoredPeers {

    static final ProtocolId KAD = new ProtocolId("/flowshield/kad/1.0.0");
    static final List<ProtocolId> SERVING = List.of(KAD);

    private static final SecureRandom RANDOM = new SecureRandom();

    private StoredPeers() {}

    static PrivateKey key() {
        return PrivateKey.generate(RANDOM);
    }

    static PeerId id(PrivateKey key) {
        return PeerId.of(key.publicKey());
    }

    static SignedPeerRecord signed(PrivateKey key, long seq, String... ips) {
        List<Multiaddr> addresses = Stream.of(ips).map(SomePeers::address).toList();
        return SignedPeerRecord.sign(new PeerRecord(id(key), seq, addresses), key);
    }
}
