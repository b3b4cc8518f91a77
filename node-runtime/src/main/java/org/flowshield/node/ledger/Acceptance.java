package org.flowshield.node.ledger;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.SignedVoucher;

/** What the ledger made of a voucher. Immutable. */
public sealed interface Acceptance {

    /**
     * It is on the disk and the highest of its channel.
     *
     * @param more than the highest before it
     */
    record Added(TokenAmount more) implements Acceptance {}

    /** The very same voucher was the highest already, and is on the disk. */
    record AlreadyHeld() implements Acceptance {}

    /**
     * It is not recorded: it promises no more money than the highest, or fewer bytes.
     *
     * @param highest of the channel
     */
    record NotHigher(SignedVoucher highest) implements Acceptance {}
}
