package org.flowshield.node.identity.chain;

import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Standing;

/**
 * The registry by an RPC that its owner believes. The node's own certificate, which names the
 * wallet, is its consent. Safe for use by any thread; waits for the chain.
 */
public final class RpcRegistry implements Registry {

    private final IdentityRegistry contract;

    public RpcRegistry(IdentityRegistry contract) {
        this.contract = contract;
    }

    @Override
    public Standing standing(NodeId node) throws RegistryUnavailableException {
        try {
            return standing(contract.binding(node.wallet(), node.key().bytes()));
        } catch (RpcException e) {
            throw new RegistryUnavailableException(
                    "the chain was not reached: " + e.getMessage(), e);
        }
    }

    static Standing standing(Binding binding) {
        return switch (binding.status()) {
            case NONE -> new Standing.Unbound();
            case BOUND -> new Standing.Bound(binding.roles(), binding.boundAt());
            case REVOKED -> new Standing.Revoked(binding.revokedAt());
        };
    }
}
