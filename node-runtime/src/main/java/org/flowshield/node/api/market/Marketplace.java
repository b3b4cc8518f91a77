package org.flowshield.node.api.market;

import org.flowshield.node.api.RefusedException;

/** Where providers are found, without an operator. Safe for use by any thread. */
@FunctionalInterface
public interface Marketplace {

    /**
     * Looks for providers: asks directories, and the distributed hash table where none answers.
     * Takes seconds at the most.
     *
     * @throws RefusedException if this node knows no market, or nobody could be asked
     */
    FoundProviders find(ProviderQuery query) throws RefusedException, InterruptedException;
}
