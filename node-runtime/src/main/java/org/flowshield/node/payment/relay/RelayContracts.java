package org.flowshield.node.payment.relay;

import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.registry.RegistryOrder;

/**
 * Where orders are carried to. Immutable.
 *
 * @param identities the registry of identities on the same chain
 * @param providers the registry of providers on the same chain
 */
public record RelayContracts(ChannelDomain channels, EvmAddress identities, EvmAddress providers) {

    public ChainId chain() {
        return channels.chain();
    }

    /** Which of the registries carries out such an order, and is paid by permits for it. */
    public EvmAddress registryOf(RegistryOrder order) {
        return switch (order) {
            case RegistryOrder.Bind _, RegistryOrder.Revoke _ -> identities;
            case RegistryOrder.Register _ -> providers;
        };
    }
}
