package org.flowshield.node.role;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.RefusedException;

/** Sees to it that a session can be paid before anything is blocked for it. Any thread. */
@FunctionalInterface
public interface Funding {

    /** Of a node that pays nobody. */
    Funding NONE = (_, _) -> {};

    /**
     * Asks the provider for its price and has a channel to it; waits for both. Does nothing if the
     * provider serves for nothing.
     *
     * @param maxPrice the most that is paid for a GiB; empty: nothing
     * @throws RefusedException if it asks for more, or there is no money; nobody was paid then
     */
    void prepare(Multiaddr provider, Optional<TokenAmount> maxPrice)
            throws RefusedException, InterruptedException;

    /**
     * Whom to go over to.
     *
     * @param providers of one request, the best first
     * @param maxPrice the most that is paid for a GiB; empty: nothing
     */
    default Candidates candidates(List<Multiaddr> providers, Optional<TokenAmount> maxPrice) {
        List<Candidates.Candidate> all =
                providers.stream().map(address -> new Candidates.Candidate(address, true)).toList();
        return () -> all;
    }
}
