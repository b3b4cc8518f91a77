package org.flowshield.node.payment;

import org.flowshield.contracts.evm.TokenAmount;

/**
 * A channel as the chain shows it, at its head and some blocks before. Immutable.
 *
 * @param status at the head
 * @param deposit at the head
 * @param confirmedDeposit as many blocks ago as the reader wants confirmations; zero if the channel
 *     did not exist then
 * @param claimed at the head
 */
public record ChannelView(
        Status status, TokenAmount deposit, TokenAmount confirmedDeposit, TokenAmount claimed) {

    /** What becomes of a channel, in this order and never back. */
    public enum Status {
        NONE,
        OPEN,
        CLOSING,
        CLOSED
    }

    public static final ChannelView NONE =
            new ChannelView(Status.NONE, TokenAmount.ZERO, TokenAmount.ZERO, TokenAmount.ZERO);

    public ChannelView {
        if (claimed.isMoreThan(deposit)) {
            throw new IllegalArgumentException("more claimed than was deposited");
        }
    }

    public boolean isOpen() {
        return status == Status.OPEN;
    }

    /**
     * What may be counted on: a top-up only once it is confirmed, a fresh channel for a small
     * window at once.
     */
    public Deposit countedOn() {
        return confirmedDeposit.isZero()
                ? new Deposit(deposit, false)
                : new Deposit(confirmedDeposit.min(deposit), true);
    }
}
