package org.flowshield.node.fullnode;

import org.flowshield.node.api.Problem;
import org.flowshield.node.fullnode.standing.ChainStandings;
import org.flowshield.node.fullnode.standing.ChainWatch;
import org.flowshield.node.market.MarketNetwork;

/** The chain that a market stands on. Immutable. */
public sealed interface MarketChain {

    /**
     * It is there, or will be.
     *
     * @param watch for one thread
     */
    record Configured(MarketNetwork network, ChainStandings standings, ChainWatch watch)
            implements MarketChain {}

    /** There is none: nobody could say who is staked, so nothing is served. */
    record Missing(Problem why) implements MarketChain {}
}
