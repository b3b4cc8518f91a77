package org.flowshield.node.treasury;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.payment.Settlement;

/** Of a node that is paid by nobody. */
final class NothingEarned implements Settling {

    @Override
    public List<Settlement> settle() {
        return List.of();
    }

    @Override
    public TokenAmount settled() {
        return TokenAmount.ZERO;
    }

    @Override
    public Map<LocalDate, TokenAmount> settled(LocalDate from, LocalDate to) {
        return Map.of();
    }
}
