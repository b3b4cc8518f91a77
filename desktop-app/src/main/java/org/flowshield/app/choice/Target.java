package org.flowshield.app.choice;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.market.ProviderQuery;
import org.jspecify.annotations.Nullable;

/** Whom to connect to. Immutable. */
public sealed interface Target {

    /** Of the market whoever is best, wherever it is. */
    Target BEST = new Best();

    /** The request to the daemon. */
    ConnectRequest request(@Nullable TokenAmount maxPrice);

    /** Whoever is best. */
    record Best() implements Target {
        @Override
        public ConnectRequest request(@Nullable TokenAmount maxPrice) {
            return ConnectRequest.best(null, ConnectRequest.DEFAULT_LANES, maxPrice);
        }
    }

    /**
     * Whoever is best of those that say that they are there.
     *
     * @param code two letters of ISO 3166-1
     */
    record Country(String code) implements Target {

        /**
         * @throws IllegalArgumentException if there is no such country
         */
        public Country {
            if (!ProviderQuery.isCountry(code)) {
                throw new IllegalArgumentException(ProviderQuery.notCountry(code));
            }
        }

        @Override
        public ConnectRequest request(@Nullable TokenAmount maxPrice) {
            return ConnectRequest.best(code, ConnectRequest.DEFAULT_LANES, maxPrice);
        }
    }

    /** That one and no other, unless it fails. */
    record One(String peerId) implements Target {
        @Override
        public ConnectRequest request(@Nullable TokenAmount maxPrice) {
            return new ConnectRequest(peerId, ConnectRequest.DEFAULT_LANES, maxPrice);
        }
    }
}
