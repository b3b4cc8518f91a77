package org.flowshield.node.market.matching;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.SignedListing;

/**
 * A provider that fits. Immutable. The listing was verified; all else is the word of who was asked.
 *
 * @param heartbeat what it last said of itself; empty: nobody has heard one
 * @param liveness whether it is there; empty: nobody knows
 * @param stake that vouches for it, by the chain; empty: nobody has looked
 * @param score 0 to 1, by what docs/MATCHING.md says; higher is better
 * @param reasons why it has that score, for people, the weightiest first
 */
public record Match(
        SignedListing listing,
        Optional<SignedHeartbeat> heartbeat,
        Optional<Liveness> liveness,
        Optional<TokenAmount> stake,
        double score,
        List<String> reasons) {

    public Match {
        reasons = List.copyOf(reasons);
    }
}
