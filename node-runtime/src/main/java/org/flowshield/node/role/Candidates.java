package org.flowshield.node.role;

import java.util.List;
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
     * One of them. Immutable.
     *
     * @param ready whether it can be paid at once, without a channel that is still to be opened
     */
    record Candidate(Multiaddr address, boolean ready) {}
}
