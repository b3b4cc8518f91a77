package org.flowshield.node.role;

import java.util.List;
import java.util.Map;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/** Whom a client can go to when its provider fails. Any thread; never waits. */
@FunctionalInterface
public interface Candidates {

    /** Nobody. */
    Candidates NONE = List::of;

    /**
     * All that may be gone to now, the best first; whom the client is with may be among them, and
     * keeps its place.
     */
    List<Candidate> ranked();

    /**
     * Where one of them can be dialled, the likeliest first: the address that it goes by, and
     * others.
     */
    default List<Multiaddr> addresses(Multiaddr candidate) {
        return List.of(candidate);
    }

    /** The same, each of whom may be at further addresses. */
    default Candidates at(Map<Multiaddr, List<Multiaddr>> addresses) {
        Map<Multiaddr, List<Multiaddr>> known = Map.copyOf(addresses);
        Candidates self = this;
        return new Candidates() {
            @Override
            public List<Candidate> ranked() {
                return self.ranked();
            }

            @Override
            public List<Multiaddr> addresses(Multiaddr candidate) {
                return known.getOrDefault(candidate, List.of(candidate));
            }
        };
    }

    /**
     * One of them. Immutable.
     *
     * @param ready whether it can be paid at once, without a channel that is still to be opened
     */
    record Candidate(Multiaddr address, boolean ready) {}
}
