package org.flowshield.node.role;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.Marketplace;
import org.flowshield.node.api.market.ProviderQuery;

/** Finds whom a client goes to. Any thread; waits for other nodes. */
public interface Choosing extends Marketplace {

    /**
     * Chooses among the providers of the market. Those that come first have just shown who they are
     * and what they ask for.
     *
     * @param request that names no address
     * @param most that is paid for a GiB; empty: nothing
     * @throws RefusedException if there is nobody to go to, with the reason
     */
    Choice choose(ConnectRequest request, Optional<TokenAmount> most)
            throws RefusedException, InterruptedException;

    /** The user has named these by their addresses: it is the user who vouches for them. */
    void named(List<Multiaddr> providers);

    /** A client has tried it in vain: others come first for a while. */
    void failed(Multiaddr provider, Problem why);

    /**
     * Whom to go to. Immutable.
     *
     * @param providers the best first; each at the addresses where it may be, the likeliest first
     * @param refused whom not, and why
     */
    record Choice(List<List<Multiaddr>> providers, List<FailedProvider> refused) {

        public Choice {
            providers = providers.stream().map(List::copyOf).toList();
            refused = List.copyOf(refused);
        }
    }

    /** Of a node that knows no market. */
    static Choosing none(Problem why) {
        return new Choosing() {
            @Override
            public FoundProviders find(ProviderQuery query) throws RefusedException {
                throw new RefusedException(RefusedException.Kind.REFUSED, why);
            }

            @Override
            public Choice choose(ConnectRequest request, Optional<TokenAmount> most)
                    throws RefusedException {
                throw new RefusedException(RefusedException.Kind.REFUSED, why);
            }

            @Override
            public void named(List<Multiaddr> providers) {
                // there is nobody else
            }

            @Override
            public void failed(Multiaddr provider, Problem why) {
                // nothing is chosen by it
            }
        };
    }
}
