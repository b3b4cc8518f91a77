package org.flowshield.libp2p.connections;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.flowshield.libp2p.peer.PeerId;

/**
 * Who says that a peer is worth something, or must be kept. Asked anew each time: a mesh or a
 * routing table changes all the time, and what is derived can't be forgotten. Safe for use by any
 * thread.
 */
final class PeerWorth {

    private record Source(String tag, int worth, Supplier<? extends Collection<PeerId>> peers) {}

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final List<Source> protecting = new CopyOnWriteArrayList<>();

    void value(String tag, int worth, Supplier<? extends Collection<PeerId>> peers) {
        sources.add(new Source(tag, worth, peers));
    }

    void protect(String tag, Supplier<? extends Collection<PeerId>> peers) {
        protecting.add(new Source(tag, 0, peers));
    }

    void forget(String tag) {
        sources.removeIf(source -> source.tag().equals(tag));
        protecting.removeIf(source -> source.tag().equals(tag));
    }

    /** Who must be kept now. */
    Set<PeerId> kept() {
        Set<PeerId> kept = new HashSet<>();
        protecting.forEach(source -> kept.addAll(source.peers().get()));
        return kept;
    }

    /** What each is worth now; who is missing is worth nothing. */
    Map<PeerId, Integer> worths() {
        Map<PeerId, Integer> worths = new HashMap<>();
        for (Source source : new ArrayList<>(sources)) {
            for (PeerId peer : new HashSet<>(source.peers().get())) {
                worths.merge(peer, source.worth(), Integer::sum);
            }
        }
        return worths;
    }
}
