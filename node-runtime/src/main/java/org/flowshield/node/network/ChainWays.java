package org.flowshield.node.network;

import java.net.URI;
import java.util.List;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.payment.NetworkStatus.Identities;

/** The ways to a node's chain, which can be exchanged while it runs. Safe for use by any thread. */
public interface ChainWays {

    /** Of which an RPC has to be. */
    ChainId chain();

    /** Who is asked now, the preferred first. */
    List<URI> rpcs();

    /** Who is believed about whose node one is. */
    Identities identities();

    /**
     * Whether it is these who are asked now.
     *
     * @param own empty: those of the network file
     */
    boolean asks(List<URI> own);

    /**
     * Asks each RPC which chain it is of.
     *
     * @param own the preferred first; empty: those of the network file, which are not asked
     * @throws RefusedException if one does not answer or is of another chain, or the node's
     *     configuration wants more of them
     */
    void check(List<URI> own) throws RefusedException;

    /**
     * Has them asked from now on, for everything. Does not wait.
     *
     * @param own empty: those of the network file
     * @throws RefusedException as {@link #check} does without asking; then nothing has changed
     */
    void use(List<URI> own) throws RefusedException;
}
