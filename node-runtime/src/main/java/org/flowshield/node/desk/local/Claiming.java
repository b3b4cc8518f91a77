package org.flowshield.node.desk.local;

import java.io.IOException;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.DeskException.Kind;
import org.flowshield.node.desk.identity.NodeClaims;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.identity.NodeAttribute;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.WalletNodes;
import org.flowshield.node.identity.chain.ChainAttributes;

/** What wallets say of nodes, on one network. Safe for use by any thread. */
record Claiming(OpenNetwork open) {

    /** What the wallet that has a node says of it. */
    NodeClaims claims(NodeKey key) throws DeskException, IOException {
        IdentityRegistry registry = open.contracts().identities();
        NodeId node =
                WalletNodes.owner(
                                key,
                                registry.events(
                                        open.network().firstBlock(), open.chain().head().number()),
                                registry::challenge)
                        .orElseThrow(
                                () ->
                                        Failures.refused(
                                                "not_bound",
                                                "no wallet has " + key + " now, with its consent",
                                                "nobody says anything of it"))
                        .node();
        try {
            ChainAttributes.Told told = attributes().of(node);
            return new NodeClaims(key.toString(), node.wallet(), told.attributes(), told.whole());
        } catch (RegistryUnavailableException e) {
            throw unavailable(e);
        }
    }

    /**
     * Says something, or takes it back, unless it is so already.
     *
     * @param value zero takes it back
     */
    Ending set(Registrar registrar, NodeId node, Bytes32 name, Bytes32 value)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        IdentityRegistry registry = open.contracts().identities();
        Bytes32 key = node.key().bytes();
        if (registry.binding(node.wallet(), key).status() != BindingStatus.BOUND) {
            throw Failures.refused(
                    "not_bound",
                    "the wallet "
                            + node.wallet()
                            + " has not bound "
                            + node.key()
                            + ", or has revoked it: it says nothing of it",
                    "register the node first: flowshield identity register; or name another"
                            + " account: --account N");
        }
        if (registry.attribute(node.wallet(), key, name).equals(value)) {
            return new Ending.Already();
        }
        if (!value.equals(Bytes32.ZERO)) {
            requireRoom(node, name);
        }
        return registrar.describe(node.wallet(), node.key(), name, value);
    }

    private void requireRoom(NodeId node, Bytes32 name) throws DeskException, IOException {
        try {
            if (!attributes().hasRoomFor(node, name)) {
                throw Failures.refused(
                        "too_many_attributes",
                        "of this node "
                                + ChainAttributes.MOST
                                + " names were used already, those that were taken back counted:"
                                + " more are read by nobody",
                        "say it under a name that was used before; nothing was sent");
            }
        } catch (RegistryUnavailableException e) {
            throw unavailable(e);
        }
    }

    private ChainAttributes attributes() {
        return new ChainAttributes(
                open.contracts().identities(),
                open.network().firstBlock(),
                () -> open.chain().head().number());
    }

    private static IOException unavailable(RegistryUnavailableException e) {
        return e.getCause() instanceof RpcException rpc ? rpc : new IOException(e.getMessage(), e);
    }

    /** A name as the registry has it. */
    static Bytes32 nameWord(String name) throws DeskException {
        try {
            return NodeAttribute.nameWord(name);
        } catch (IllegalArgumentException e) {
            throw new DeskException(
                    Kind.INVALID,
                    new Problem("bad_argument", String.valueOf(e.getMessage()), "nothing was done"),
                    e);
        }
    }
}
