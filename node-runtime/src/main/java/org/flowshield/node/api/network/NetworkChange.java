package org.flowshield.node.api.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of {@link NetworkSettings}; what is null stays as it is. Immutable.
 *
 * @param rpcs the preferred first; empty: those of the network file again
 * @param bootstrap empty: those of the configuration and the network file again
 */
public record NetworkChange(@Nullable List<RpcUrl> rpcs, @Nullable List<BootstrapNode> bootstrap) {

    /**
     * @throws IllegalArgumentException if there are more than can be, or one twice
     */
    public NetworkChange {
        try {
            rpcs = rpcs == null ? null : RpcUrl.of(rpcs);
            bootstrap = bootstrap == null ? null : BootstrapNode.of(bootstrap);
        } catch (MalformedWayException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
