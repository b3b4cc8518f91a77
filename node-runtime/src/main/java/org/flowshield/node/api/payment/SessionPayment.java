package org.flowshield.node.api.payment;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a session is paid, as the side that tells it sees it. Immutable.
 *
 * @param pricePerGib agreed on when it began
 * @param paid in this session, by vouchers that are safe on the disk
 * @param capLeft what the client's own caps leave; null on the provider's side
 * @param billedBytes that have to be paid for, as this side counted them
 * @param paidBytes of them that are paid for
 * @param unsolicitedBytes that the client had not asked for and does not pay
 * @param window bytes that the provider serves ahead of payment
 * @param deposit of the channel, as this side counts on it
 * @param left of the deposit
 * @param vouchers of this session
 * @param problem why traffic waits or the session is about to end; null if all is well
 */
public record SessionPayment(
        TokenAmount pricePerGib,
        TokenAmount paid,
        @Nullable TokenAmount capLeft,
        long billedBytes,
        long paidBytes,
        long unsolicitedBytes,
        long window,
        ChannelId channel,
        TokenAmount deposit,
        TokenAmount left,
        long vouchers,
        @Nullable Problem problem) {

    /** What was carried and is not paid for yet. */
    public long unpaidBytes() {
        return Math.max(0, billedBytes - paidBytes);
    }
}
