package org.flowshield.node.api.payment;

import java.time.LocalDate;
import java.util.List;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has earned. Immutable.
 *
 * @param days those asked for, the newest first; days without anything are left out
 * @param earned ever, by vouchers that are safe on the disk
 * @param settled of it, paid out on the chain
 * @param unsettled the rest: it is safe, and settling brings it
 * @param problem what stands in the way of earning as one should; null if nothing does
 */
public record Earnings(
        List<Day> days,
        TokenAmount earned,
        TokenAmount settled,
        TokenAmount unsettled,
        @Nullable Problem problem) {

    public Earnings {
        days = List.copyOf(days);
    }

    /** The same with what stands in the way. */
    public Earnings with(@Nullable Problem what) {
        return new Earnings(days, earned, settled, unsettled, what);
    }

    /**
     * One UTC day. Immutable.
     *
     * @param bytes that vouchers of the day paid for
     * @param settled what was paid out on the chain on that day, whenever it was earned
     * @param sessions that were paid for
     */
    public record Day(
            LocalDate day, TokenAmount earned, TokenAmount settled, long bytes, int sessions) {}
}
