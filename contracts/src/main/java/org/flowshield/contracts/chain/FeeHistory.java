package org.flowshield.contracts.chain;

import java.util.List;
import org.flowshield.contracts.evm.Wei;

/**
 * What gas has cost lately. Immutable.
 *
 * @param nextBaseFee of the block to come, for a unit of gas
 * @param tips what half of the gas of each recent block paid at least on top, oldest first; may be
 *     empty
 */
public record FeeHistory(Wei nextBaseFee, List<Wei> tips) {

    public FeeHistory {
        tips = List.copyOf(tips);
    }
}
