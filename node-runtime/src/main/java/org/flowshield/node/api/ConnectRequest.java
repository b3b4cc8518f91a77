package org.flowshield.node.api;

import java.util.List;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.market.ProviderQuery;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is to connect to. Immutable. Whether the address is a good one is for the node to
 * say.
 *
 * @param provider its multiaddr, of which with {@code /p2p/ID} only that peer is accepted; or a
 *     peer id, which is looked for in the market; or {@value #BEST}: the best that is found there
 * @param lanes bulk lanes, 1 to 4
 * @param maxPrice the most that may be paid for a GiB; null: what the node's configuration says,
 *     and only providers that serve for nothing if that says nothing either
 * @param others multiaddrs of whom to go over to when the provider fails, the best first; none:
 *     those of the node's configuration, and the next best where it was found in the market
 * @param country where the best one is to say that it is, such as NL; null: anywhere
 */
public record ConnectRequest(
        String provider,
        int lanes,
        @Nullable TokenAmount maxPrice,
        List<String> others,
        @Nullable String country) {

    /** Stands for the best provider of the market. */
    public static final String BEST = "best";

    public static final int DEFAULT_LANES = 1;

    /** What a session of the tunnel protocol has at most. */
    public static final int MAX_LANES = 4;

    /** Far above any real multiaddr; bounds what is parsed and printed. */
    public static final int MAX_PROVIDER_CHARS = 1024;

    /** Each that does not answer takes its time, so that more are of no use. */
    public static final int MAX_OTHERS = 15;

    /** The same without a word about the price. */
    public ConnectRequest(String provider, int lanes) {
        this(provider, lanes, null);
    }

    /** The same without a word about others. */
    public ConnectRequest(String provider, int lanes, @Nullable TokenAmount maxPrice) {
        this(provider, lanes, maxPrice, List.of());
    }

    /** The same wherever it is. */
    public ConnectRequest(
            String provider, int lanes, @Nullable TokenAmount maxPrice, List<String> others) {
        this(provider, lanes, maxPrice, others, null);
    }

    /** The best that is found in the market. */
    public static ConnectRequest best(
            @Nullable String country, int lanes, @Nullable TokenAmount maxPrice) {
        return new ConnectRequest(BEST, lanes, maxPrice, List.of(), country);
    }

    /**
     * @throws IllegalArgumentException if it makes no sense; the message is for people
     */
    public ConnectRequest {
        others = List.copyOf(others);
        requireAddress(provider);
        others.forEach(ConnectRequest::requireAddress);
        if (others.size() > MAX_OTHERS) {
            throw new IllegalArgumentException("others are " + MAX_OTHERS + " at the most");
        }
        if (lanes < 1 || lanes > MAX_LANES) {
            throw new IllegalArgumentException("lanes is 1 to " + MAX_LANES + ", not " + lanes);
        }
        if (country != null && !provider.equals(BEST)) {
            throw new IllegalArgumentException(
                    "a country is for the best of the market: name it, or a provider, not both");
        }
        if (country != null && !ProviderQuery.isCountry(country)) {
            throw new IllegalArgumentException(ProviderQuery.notCountry(country));
        }
    }

    /** Whether it is still to be looked for. */
    public boolean looksInMarket() {
        return !provider.startsWith("/");
    }

    private static void requireAddress(String provider) {
        if (provider.isBlank() || provider.length() > MAX_PROVIDER_CHARS) {
            throw new IllegalArgumentException(
                    "provider is a multiaddr, a peer id or \"best\", of 1 to "
                            + MAX_PROVIDER_CHARS
                            + " characters");
        }
    }
}
