package org.flowshield.node.payment.relay;

import java.util.Optional;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.SignedPermit;

/** An order that a client wants carried, with all that the contract needs for it. Immutable. */
public sealed interface CarriedOrder {

    RelayedOrder order();

    /** By the channel's signer or payer, or the purse's owner. */
    Signature signature();

    /** About a channel: its opening, a top-up, or that its closing begins. */
    record OfChannel(RelayedOrder order, Signature signature, ChannelKey channel)
            implements CarriedOrder {}

    /** Into a purse. */
    record OfPurse(RelayedOrder.Deposit order, Signature signature, Optional<SignedPermit> permit)
            implements CarriedOrder {}
}
