package org.flowshield.node.api.network;

import java.util.List;
import org.flowshield.node.api.payment.NetworkStatus.Identities;
import org.jspecify.annotations.Nullable;

/**
 * By which ways a node gets to its chain and to its peers. Immutable.
 *
 * @param rpcs what a person has chosen, the preferred first; empty: those of the network file
 * @param bootstrap what a person has chosen; empty: those of the configuration and the network file
 */
public record NetworkSettings(List<RpcUrl> rpcs, List<BootstrapNode> bootstrap, InForce inForce) {

    /**
     * What is used now.
     *
     * @param chainId of the chain that each RPC has to be of; null if there is none
     * @param rpcs who is asked; empty while there is no chain
     * @param identities who is believed about whose node one is; null while there is no chain
     * @param bootstrap whom the next search for providers begins with, and roles that serve when
     *     the first of them is switched on
     * @param serving whom the roles that serve have begun with, until all of them are switched off;
     *     null while none is on
     */
    public record InForce(
            @Nullable Long chainId,
            List<RpcUrl> rpcs,
            @Nullable Identities identities,
            List<BootstrapNode> bootstrap,
            @Nullable List<BootstrapNode> serving) {

        public InForce {
            rpcs = List.copyOf(rpcs);
            bootstrap = List.copyOf(bootstrap);
            serving = serving == null ? null : List.copyOf(serving);
        }

        /** Whether roles that serve still go by nodes that are not those of the next time. */
        public boolean servesOnOthers() {
            return serving != null && !serving.equals(bootstrap);
        }
    }

    public NetworkSettings {
        rpcs = List.copyOf(rpcs);
        bootstrap = List.copyOf(bootstrap);
    }
}
