package org.flowshield.libp2p.kad.exchange;

import java.util.Optional;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;

/** What a key is the key of. */
final class Keys {

    private Keys() {}

    /** The peer whose id the key is, if it is one. */
    static Optional<PeerId> peerId(RecordKey key) {
        try {
            return Optional.of(PeerId.parse(key.bytes()));
        } catch (MalformedPeerIdException _) {
            return Optional.empty();
        }
    }
}
