package org.flowshield.libp2p.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Where peers said themselves that they listen, whether they serve a DHT or not. Bounded: whoever
 * spoke longest ago gives way. Safe for use by any thread.
 */
final class AddressBook {

    /** Some hundred bytes each. */
    static final int MAX_PEERS = 4_096;

    /** Addresses change; this is how long providers' are told by default in IPFS's nodes. */
    static final Duration FRESH = Duration.ofMinutes(30);

    private record Known(PeerInfo info, Instant told) {}

    /** Guarded by this. */
    private final LinkedHashMap<PeerId, Known> peers = new LinkedHashMap<>();

    synchronized void told(PeerInfo info, Instant now) {
        peers.remove(info.peer());
        peers.putLast(info.peer(), new Known(info, now));
        if (peers.size() > MAX_PEERS) {
            peers.pollFirstEntry();
        }
    }

    synchronized Optional<PeerInfo> find(PeerId peer, Instant now) {
        @Nullable Known known = peers.get(peer);
        return known != null && known.told().plus(FRESH).isAfter(now)
                ? Optional.of(known.info())
                : Optional.empty();
    }
}
