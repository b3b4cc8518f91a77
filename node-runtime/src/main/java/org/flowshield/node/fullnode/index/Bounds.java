package org.flowshield.node.fullnode.index;

import java.time.Duration;
import org.flowshield.node.market.heartbeat.Pulse;

/**
 * How much an index holds. Immutable.
 *
 * @param offers at all
 * @param perWallet nodes of one wallet
 * @param validFor how long an offer may last from when it comes
 */
public record Bounds(int offers, int perWallet, Duration validFor) {

    /** One stake vouches for a rack of nodes, not for a market of its own. */
    public static final Bounds DEFAULT = new Bounds(Pulse.MAX_NODES, 16, Duration.ofDays(7));
}
