package org.flowshield.node.api;

import org.flowshield.contracts.evm.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is to connect to. Immutable. Whether the address is a good one is for the node to
 * say.
 *
 * @param provider its multiaddr; with {@code /p2p/ID} only that peer is accepted
 * @param lanes bulk lanes, 1 to 4
 * @param maxPrice the most that may be paid for a GiB; null: what the node's configuration says,
 *     and only providers that serve for nothing if that says nothing either
 */
public record ConnectRequest(String provider, int lanes, @Nullable TokenAmount maxPrice) {

    public static final int DEFAULT_LANES = 1;

    /** What a session of the tunnel protocol has at most. */
    public static final int MAX_LANES = 4;

    /** Far above any real multiaddr; bounds what is parsed and printed. */
    public static final int MAX_PROVIDER_CHARS = 1024;

    /** The same without a word about the price. */
    public ConnectRequest(String provider, int lanes) {
        this(provider, lanes, null);
    }

    public ConnectRequest {
        if (provider.isBlank() || provider.length() > MAX_PROVIDER_CHARS) {
            throw new IllegalArgumentException(
                    "provider is a multiaddr of 1 to " + MAX_PROVIDER_CHARS + " characters");
        }
        if (lanes < 1 || lanes > MAX_LANES) {
            throw new IllegalArgumentException("lanes is 1 to " + MAX_LANES + ", not " + lanes);
        }
    }
}
