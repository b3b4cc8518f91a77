package org.flowshield.node.api;

import java.util.List;
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
 * @param others multiaddrs of whom to go over to when the provider fails, the best first; none:
 *     those of the node's configuration
 */
public record ConnectRequest(
        String provider, int lanes, @Nullable TokenAmount maxPrice, List<String> others) {

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
    }

    private static void requireAddress(String provider) {
        if (provider.isBlank() || provider.length() > MAX_PROVIDER_CHARS) {
            throw new IllegalArgumentException(
                    "provider is a multiaddr of 1 to " + MAX_PROVIDER_CHARS + " characters");
        }
    }
}
