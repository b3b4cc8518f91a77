package org.flowshield.node.payment.relay;

import java.util.Optional;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.SignedPermit;

/** An order that a client wants carried, with all that the contract needs for it. Immutable. */
public sealed interface CarriedOrder extends RelayRequest {

    /** What whoever carries it may have for it. */
    RelayTerms terms();

    /** By the channel's signer or payer, or the owner of the purse or the node. */
    Signature signature();

    /** About a channel: its opening, a top-up, or that its closing begins. */
    record OfChannel(RelayedOrder order, Signature signature, ChannelKey channel)
            implements CarriedOrder {
        @Override
        public RelayTerms terms() {
            return order.terms();
        }
    }

    /** Into a purse. */
    record OfPurse(RelayedOrder.Deposit order, Signature signature, Optional<SignedPermit> permit)
            implements CarriedOrder {
        @Override
        public RelayTerms terms() {
            return order.terms();
        }
    }

    /**
     * About a wallet's node: that it is bound, revoked, or offered in the market.
     *
     * @param permit for the registry to take the fee, if it may not already
     */
    record OfNode(RegistryOrder order, Signature signature, Optional<SignedPermit> permit)
            implements CarriedOrder {
        @Override
        public RelayTerms terms() {
            return order.terms();
        }
    }
}
