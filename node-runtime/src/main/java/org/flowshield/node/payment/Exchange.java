package org.flowshield.node.payment;

import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * How many bytes of a session pass while a voucher is written down by both sides and acknowledged,
 * and so how late the next one can be signed without anybody having to wait for it. Measured in
 * bytes, it needs no clock: a slower disk and faster traffic are the same to it. Immutable.
 *
 * @param passing the most that passed during one of the last exchanges; the older, the less it
 *     counts
 * @param known whether one was measured at all
 * @param begun the exchange that is being measured
 */
public record Exchange(long passing, boolean known, Optional<Begun> begun) {

    /** Nothing is known yet. */
    public static final Exchange FIRST = new Exchange(0, false, Optional.empty());

    /** The next exchange may take so many times as long as the longest of late. */
    private static final int SPARE = 2;

    /** One that was slow has lost half of its weight after eleven quicker ones. */
    private static final int FADES = 16;

    /**
     * A voucher on its way.
     *
     * @param counted bytes of the session when it was due
     */
    public record Begun(long counted, TokenAmount cumulative) {}

    public Exchange {
        if (passing < 0) {
            throw new IllegalArgumentException("fewer bytes than none");
        }
    }

    /** A voucher is due because of what was counted. */
    Exchange begin(long counted, TokenAmount cumulative) {
        return begun.isPresent()
                ? this
                : new Exchange(passing, known, Optional.of(new Begun(counted, cumulative)));
    }

    /** The provider has said what it holds. */
    Exchange heard(TokenAmount acknowledged, long counted) {
        if (begun.filter(one -> !one.cumulative().isMoreThan(acknowledged)).isEmpty()) {
            return this;
        }
        long now = Math.max(0, counted - begun.orElseThrow().counted());
        long faded = passing - (passing + FADES - 1) / FADES;
        return new Exchange(Math.max(now, faded), true, Optional.empty());
    }

    /**
     * How much may be unpaid before a voucher is signed: three quarters of the window where what
     * passes meanwhile fits twice into the rest, a quarter at the least. A window that still grows
     * is paid by quarters, since each payment makes it larger.
     */
    long due(CreditWindow window) {
        long least = window.due();
        if (!known || window.grows()) {
            return least;
        }
        return Math.max(least, Math.min(3 * least, window.bytes() - SPARE * passing));
    }
}
