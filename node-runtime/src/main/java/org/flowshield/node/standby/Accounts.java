package org.flowshield.node.standby;

import java.util.Optional;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.wire.SignedOffer;

/** What standby channels are kept with. Any thread. */
public interface Accounts {

    /**
     * What a provider said.
     *
     * @param offer empty: it serves for nothing
     */
    record Told(PeerId provider, Optional<SignedOffer> offer) {}

    /**
     * Asks a provider for its offer; waits for it.
     *
     * @param inUse whether it is the one that the client is connected to
     */
    Told ask(Multiaddr provider, boolean inUse) throws RefusedException, InterruptedException;

    /** Whether a session can be paid from a channel that is there, without asking the chain. */
    boolean isReady(Offer offer) throws RefusedException;

    /**
     * Has a channel to a provider, within what the wallet allows; waits for the chain.
     *
     * @param address who may carry the order
     */
    void open(SignedOffer offer, PeerId provider, Multiaddr address)
            throws RefusedException, InterruptedException;
}
