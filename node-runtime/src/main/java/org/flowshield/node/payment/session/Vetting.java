package org.flowshield.node.payment.session;

import java.io.IOException;
import java.util.Optional;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.tunnel.credit.BillEndedException;

/**
 * Whether a provider is one that money goes to, asked before any does. Safe for use by any thread;
 * waits for the provider, and perhaps for the chain.
 */
@FunctionalInterface
public interface Vetting {

    /** Of a node that knows no identities. */
    Vetting NONE = (_, _) -> Optional.empty();

    /**
     * Asks the provider at the other end of a connection who it is.
     *
     * @param offer of its own key
     * @return what a user who insists on this provider should know; empty: all is well
     * @throws BillEndedException if nothing is to be paid to it
     */
    Optional<String> require(Connection provider, Offer offer)
            throws IOException, InterruptedException;

    /**
     * Whether a provider may serve for nothing: who has told the market of a price would say so
     * only to be asked nothing else.
     *
     * @throws BillEndedException if it may not
     */
    default void requireFree(PeerId provider) throws BillEndedException {}
}
