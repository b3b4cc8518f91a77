package org.flowshield.node.api;

import java.util.List;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.Networking;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.api.payment.NetworkStatus;

/** Ways that a test chooses, to a chain that is always there. Safe for use by any thread. */
public final class MemoryNetwork implements Networking {

    /** Those of the network file. */
    private static final List<RpcUrl> RPCS =
            List.of(new RpcUrl(java.net.URI.create("https://rpc.example")));

    private static final List<BootstrapNode> NODES =
            List.of(new BootstrapNode(MemoryNode.PROVIDER));

    private final MemoryMarket.Refusing refusing;
    private List<RpcUrl> rpcs = List.of();
    private List<BootstrapNode> bootstrap = List.of();

    MemoryNetwork(MemoryMarket.Refusing refusing) {
        this.refusing = refusing;
    }

    @Override
    public synchronized NetworkSettings settings() {
        return new NetworkSettings(
                rpcs,
                bootstrap,
                new NetworkSettings.InForce(
                        31_337L,
                        rpcs.isEmpty() ? RPCS : rpcs,
                        NetworkStatus.Identities.RPC,
                        bootstrap.isEmpty() ? NODES : bootstrap,
                        NODES));
    }

    @Override
    public synchronized NetworkSettings change(NetworkChange change) throws RefusedException {
        refusing.refuse();
        rpcs = change.rpcs() == null ? rpcs : change.rpcs();
        bootstrap = change.bootstrap() == null ? bootstrap : change.bootstrap();
        return settings();
    }
}
