package org.flowshield.libp2p.kad.lookup;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

/**
 * What the peers that were asked say of where another one is. A lie loses against the truth: where
 * it answered itself, it is; otherwise the address that most tell comes first. Not safe for several
 * threads.
 */
public final class Sightings {

    /** More different addresses are told by liars only. */
    static final int MAX_ADDRESSES = 256;

    private final PeerId wanted;
    private final Map<Multiaddr, Integer> told = new LinkedHashMap<>();
    private Optional<PeerInfo> met = Optional.empty();

    public Sightings(PeerId wanted) {
        this.wanted = wanted;
    }

    /** Takes an answer; true if it came from the wanted peer itself. */
    public boolean take(PeerInfo from, List<PeerInfo> closer) {
        if (from.peer().equals(wanted)) {
            met = Optional.of(from);
            return true;
        }
        for (PeerInfo one : closer) {
            if (one.peer().equals(wanted)) {
                one.addresses().stream()
                        .filter(at -> told.containsKey(at) || told.size() < MAX_ADDRESSES)
                        .forEach(at -> told.merge(at, 1, Integer::sum));
            }
        }
        return false;
    }

    /** Where the wanted peer is, as far as is known. */
    public Optional<PeerInfo> best() {
        if (met.isPresent() || told.isEmpty()) {
            return met;
        }
        List<Multiaddr> byVotes =
                told.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .map(Map.Entry::getKey)
                        .toList();
        return Optional.of(new PeerInfo(wanted, byVotes));
    }
}
