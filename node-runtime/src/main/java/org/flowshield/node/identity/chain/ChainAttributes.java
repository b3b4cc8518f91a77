package org.flowshield.node.identity.chain;

import java.util.ArrayList;
import java.util.List;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.node.identity.NodeAttribute;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.RegistryUnavailableException;

/**
 * What wallets say of their nodes, by an RPC that its owner believes. For showing: no peer is
 * trusted by it. Safe for use by any thread; waits for the chain.
 */
public final class ChainAttributes {

    /** One question each; a wallet could write as many as it pays for. */
    public static final int MOST = 32;

    /** The chain's newest block. */
    @FunctionalInterface
    public interface Head {
        long number() throws RpcException;
    }

    /**
     * What is said of a node. Immutable.
     *
     * @param attributes in the order of their first use
     * @param whole whether that is all
     */
    public record Told(List<NodeAttribute> attributes, boolean whole) {

        public Told {
            attributes = List.copyOf(attributes);
        }
    }

    private final IdentityRegistry contract;
    private final long firstBlock;
    private final Head head;

    /**
     * @param firstBlock of the contract
     */
    public ChainAttributes(IdentityRegistry contract, long firstBlock, Head head) {
        this.contract = contract;
        this.firstBlock = firstBlock;
        this.head = head;
    }

    /**
     * What its wallet says of a node now; nothing of one that is not bound, or was revoked.
     *
     * @throws RegistryUnavailableException if the chain does not say
     */
    public Told of(NodeId node) throws RegistryUnavailableException {
        Bytes32 key = node.key().bytes();
        try {
            if (contract.binding(node.wallet(), key).status() != BindingStatus.BOUND) {
                return new Told(List.of(), true);
            }
            List<Bytes32> names =
                    contract.attributeNames(node.wallet(), key, firstBlock, head.number());
            List<NodeAttribute> attributes = new ArrayList<>();
            for (Bytes32 name : names.subList(0, Math.min(MOST, names.size()))) {
                NodeAttribute.read(name, contract.attribute(node.wallet(), key, name))
                        .ifPresent(attributes::add);
            }
            return new Told(attributes, names.size() <= MOST);
        } catch (RpcException e) {
            throw unavailable(e);
        }
    }

    /**
     * Whether what its wallet said of a node under this name would be among what is told: only the
     * first {@value #MOST} names are read.
     *
     * @throws RegistryUnavailableException if the chain does not say
     */
    public boolean hasRoomFor(NodeId node, Bytes32 name) throws RegistryUnavailableException {
        try {
            List<Bytes32> names =
                    contract.attributeNames(
                            node.wallet(), node.key().bytes(), firstBlock, head.number());
            int place = names.indexOf(name);
            return (place < 0 ? names.size() : place) < MOST;
        } catch (RpcException e) {
            throw unavailable(e);
        }
    }

    private static RegistryUnavailableException unavailable(RpcException e) {
        return new RegistryUnavailableException("the chain was not reached: " + e.getMessage(), e);
    }
}
