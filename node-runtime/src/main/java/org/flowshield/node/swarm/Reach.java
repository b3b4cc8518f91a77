package org.flowshield.node.swarm;

import java.util.List;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/** Whether others get to this node. Immutable. */
public sealed interface Reach {

    /** Peers have dialled it at these addresses. */
    record Proven(List<Multiaddr> addresses) implements Reach {

        public Proven {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * No peer that tried got to it.
     *
     * @param why what the peers met, for people
     */
    record NotProven(String why) implements Reach {}

    /** Peers are asked to try, and none has yet. */
    record Pending() implements Reach {}

    /**
     * Nobody has tried, and nobody is there who could.
     *
     * @param why for people
     */
    record Unknown(String why) implements Reach {}
}
