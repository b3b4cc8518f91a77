package org.flowshield.node.api.client;

import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.SellingStatus;

/**
 * What the daemon behind a socket sells for; see {@link org.flowshield.node.api.Selling}. Safe for
 * use by any thread.
 */
public final class NodeSelling {

    private static final String PATH = "/v1/provider/offer";

    private final NodeClient client;

    NodeSelling(NodeClient client) {
        this.client = client;
    }

    public SellingStatus status() throws NoDaemonException, RefusedException, InterruptedException {
        return client.get(PATH, SellingStatus.class);
    }

    public SellingStatus offer(ProviderOffer change)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.put(PATH, change, SellingStatus.class);
    }
}
