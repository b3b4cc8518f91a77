package org.flowshield.node.treasury;

import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.payment.relay.CarriedOrder;
import org.flowshield.node.payment.relay.RelayAnswer;
import org.flowshield.node.payment.wire.SignedOffer;

/**
 * Asks providers what they serve for, and to carry orders to the chain. Any thread; waits for the
 * provider.
 */
@FunctionalInterface
public interface Offers {

    /**
     * A provider's answer. Immutable.
     *
     * @param offer empty: it serves for nothing
     * @param warning what a user who insists on it should know; empty: all is well
     */
    record Answer(PeerId provider, Optional<SignedOffer> offer, Optional<String> warning) {

        /** Without a warning. */
        public Answer(PeerId provider, Optional<SignedOffer> offer) {
            this(provider, offer, Optional.empty());
        }
    }

    /**
     * Asks one.
     *
     * @param provider its multiaddr
     * @throws RefusedException if it does not answer, or nothing is to be paid to it
     */
    Answer ask(String provider) throws RefusedException, InterruptedException;

    /**
     * Has one carry an order of somebody without gas.
     *
     * @param provider its multiaddr
     */
    default RelayAnswer carry(String provider, CarriedOrder order)
            throws RefusedException, InterruptedException {
        return new RelayAnswer.Refused(
                RelayAnswer.Refused.Reason.UNAVAILABLE, "nobody carries orders", TokenAmount.ZERO);
    }
}
