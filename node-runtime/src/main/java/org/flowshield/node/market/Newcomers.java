package org.flowshield.node.market;

import java.time.Duration;
import org.flowshield.libp2p.peer.PeerId;

/**
 * How many nodes that were never heard of each peer brings to whoever only passes things on: keys
 * cost nothing, and nobody asks the chain about them here. Bounded; guarded by itself. Pure.
 */
public final class Newcomers {

    /**
     * Nodes whom a provider remembers, some tens of MB. More than beat at the rate that a fullnode
     * checks.
     */
    public static final int RELAYED_NODES = 1 << 16;

    /** A thousand peers at that pace need longer to push a node out than it takes to beat. */
    public static final Duration INTERVAL = Duration.ofMillis(200);

    /** Who has just joined hears of everybody at once. */
    public static final int BURST = 200;

    private static final int MAX_BRINGERS = 4_096;

    private final NodeRates bringers = new NodeRates(INTERVAL, BURST, MAX_BRINGERS);

    /**
     * False if the peer brings too many.
     *
     * @param nanos of a monotonic clock
     */
    public boolean take(PeerId bringer, long nanos) {
        return bringers.take(bringer, nanos);
    }
}
