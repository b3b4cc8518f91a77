package org.flowshield.node.api.client;

import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;

/**
 * By which ways the daemon behind a socket gets to its chain and to its peers; see {@link
 * org.flowshield.node.api.network.Networking}. Safe for use by any thread.
 */
public final class NodeNetwork {

    private static final String PATH = "/v1/network/settings";

    private final NodeClient client;

    NodeNetwork(NodeClient client) {
        this.client = client;
    }

    public NetworkSettings settings()
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.get(PATH, NetworkSettings.class);
    }

    public NetworkSettings change(NetworkChange change)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.put(PATH, change, NetworkSettings.class);
    }
}
