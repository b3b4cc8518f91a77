package org.flowshield.node.api.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;

/**
 * Where the daemon behind a socket finds providers; see {@link
 * org.flowshield.node.api.market.Marketplace}. Safe for use by any thread.
 */
public final class NodeMarket {

    private final NodeClient client;

    NodeMarket(NodeClient client) {
        this.client = client;
    }

    public FoundProviders find(ProviderQuery query)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.get("/v1/providers?" + inWords(query), FoundProviders.class);
    }

    /** Nothing in it has to be escaped: letters, digits and a point. */
    private static String inWords(ProviderQuery query) {
        List<String> words = new ArrayList<>();
        if (query.country() != null) {
            words.add("country=" + query.country());
        }
        if (query.maxPrice() != null) {
            words.add("max_price=" + query.maxPrice().decimal());
        }
        words.add("min_bits_per_second=" + query.minBitsPerSecond());
        words.add("sort=" + query.sort().name().toLowerCase(Locale.ROOT));
        words.add("limit=" + query.limit());
        return String.join("&", words);
    }
}
