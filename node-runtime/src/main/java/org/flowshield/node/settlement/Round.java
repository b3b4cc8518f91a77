package org.flowshield.node.settlement;

import java.util.List;
import java.util.Optional;
import org.flowshield.node.ledger.SettlementRecord;

/**
 * What came of looking for vouchers to redeem. Immutable.
 *
 * @param settlements made or finished in it, the newest last; one that is still signed may yet
 *     happen
 * @param problem what kept the rest from being redeemed, in words for people; the vouchers are as
 *     good as before
 */
public record Round(List<SettlementRecord> settlements, Optional<String> problem) {

    public Round {
        settlements = List.copyOf(settlements);
    }
}
