package org.flowshield.libp2p.kad;

import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.peer.PeerId;

/** Identities that were made until they lay where somebody wants them. */
final class Ground {

    /** So near to a place is one of four thousand by chance: nobody, among a thousand. */
    private static final int COMMON_BITS = 12;

    private static final int DIGEST = 32;

    private Ground() {}

    /** Peers nearer to a place than nearly anybody is, each in a network of its own. */
    static List<PeerInfo> near(KadId target, int count, SimulatedNetwork network) {
        List<PeerInfo> made = new ArrayList<>();
        byte[] digest = new byte[DIGEST];
        while (made.size() < count) {
            network.random().nextBytes(digest);
            byte[] id = new Multihash(Multihash.SHA2_256, digest).encode();
            if (KadId.of(id).commonPrefix(target) >= COMMON_BITS) {
                String ip = "100.64." + made.size() + ".1";
                made.add(new PeerInfo(new PeerId(id), List.of(SomePeers.address(ip))));
            }
        }
        return made;
    }
}
