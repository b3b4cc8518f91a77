package org.flowshield.node.api.payment;

import java.time.LocalDate;
import java.util.List;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * What a provider has earned. Immutable.
 *
 * @param days those asked for, the newest first; days without anything are left out
 * @param earned ever, by vouchers that are safe on the disk
 * @param settled of it, paid out on the chain
 * @param unsettled the rest: it is safe, and settling brings it
 */
public record Earnings(
        List<Day> days, TokenAmount earned, TokenAmount settled, TokenAmount unsettled) {

    public Earnings {
        days = List.copyOf(days);
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
