package org.flowshield.node.treasury;

import java.util.Optional;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.payment.wire.SignedOffer;

/** Asks providers what they serve for. Any thread; waits for the provider. */
@FunctionalInterface
public interface Offers {

    /**
     * A provider's answer. Immutable.
     *
     * @param offer empty: it serves for nothing
     */
    record Answer(PeerId provider, Optional<SignedOffer> offer) {}

    /**
     * Asks one.
     *
     * @param provider its multiaddr
     */
    Answer ask(String provider) throws RefusedException, InterruptedException;
}
