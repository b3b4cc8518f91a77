package org.flowshield.node.payment;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.Voucher;

/**
 * How far a channel is paid: what its last voucher says. Immutable.
 *
 * @param cumulative since the channel was opened
 * @param bytes served since then
 */
public record Paid(TokenAmount cumulative, long bytes) {

    public static final Paid NOTHING = new Paid(TokenAmount.ZERO, 0);

    public Paid {
        if (bytes < 0) {
            throw new IllegalArgumentException("fewer than no bytes");
        }
    }

    public static Paid of(Voucher voucher) {
        return new Paid(voucher.cumulative(), voucher.bytesServed());
    }

    /** The voucher that says so. */
    public Voucher voucher(ChannelId channel) {
        return new Voucher(channel, cumulative, bytes);
    }

    /** Whether this is later than the other: more money, and no fewer bytes. */
    public boolean isAfter(Paid other) {
        return cumulative.isMoreThan(other.cumulative) && bytes >= other.bytes;
    }
}
