package org.flowshield.node.ledger;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;

/** Whether more may be spent. Immutable. */
public sealed interface SpendingDecision {

    /** It may: a voucher of so much more can be signed and recorded. */
    record Reserved(Reservation reservation) implements SpendingDecision {}

    /**
     * It may not; nothing was reserved.
     *
     * @param period whose cap would be passed
     * @param cap of that period
     * @param spent in that period, with what is reserved
     * @param until when the period ends and spending may go on; a session has no such time
     */
    record CapReached(
            SpendingCaps.Period period, TokenAmount cap, TokenAmount spent, Optional<Instant> until)
            implements SpendingDecision {

        /** What is left within the cap. */
        public TokenAmount left() {
            return spent.compareTo(cap) >= 0 ? TokenAmount.ZERO : cap.minus(spent);
        }
    }
}
