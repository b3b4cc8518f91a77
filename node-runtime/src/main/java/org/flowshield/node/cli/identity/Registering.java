package org.flowshield.node.cli.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.identity.IdentityProof;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.money.Sending;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.WalletNodes;
import org.flowshield.node.wallet.history.Coin;

/** Takes a node as a wallet's own: what verbs that do so have in common. */
public final class Registering {

    private Registering() {}

    /** The key of this machine's node. */
    public static NodeKey key(NodeClient node)
            throws CommandFailedException,
                    RefusedException,
                    NoDaemonException,
                    InterruptedException {
        return Peers.peer(node.identity().status().peerId());
    }

    /**
     * The binding, if there is one with these roles.
     *
     * @throws CommandFailedException if the key can't be bound, or not like that
     */
    public static Optional<Binding> look(
            OpenNetwork open, EvmAddress wallet, NodeKey key, long wanted)
            throws CommandFailedException, RpcException {
        IdentityRegistry registry = open.contracts().identities();
        Binding binding = registry.binding(wallet, key.bytes());
        switch (binding.status()) {
            case BOUND -> {
                if ((binding.roles() & wanted) == wanted) {
                    return Optional.of(binding);
                }
                throw NodeVerb.refused(
                        "other_roles",
                        key
                                + " is bound as "
                                + Peers.words(binding.roles())
                                + "; a binding's roles are never changed",
                        "flowshield identity rotate --roles gives the node a new key with others");
            }
            case REVOKED ->
                    throw NodeVerb.refused(
                            "revoked",
                            key + " was revoked on " + binding.revokedAt() + ", which is for ever",
                            "flowshield identity rotate gives the node a new key");
            case NONE -> requireNotAnothers(open, key);
        }
        return Optional.empty();
    }

    private static void requireNotAnothers(OpenNetwork open, NodeKey key)
            throws CommandFailedException, RpcException {
        IdentityRegistry registry = open.contracts().identities();
        Optional<WalletNodes.Known> other =
                WalletNodes.owner(
                        key,
                        registry.events(open.network().firstBlock(), open.chain().head().number()),
                        registry::challenge);
        if (other.isPresent()) {
            throw NodeVerb.refused(
                    "other_wallet",
                    "this node is bound to another wallet already: " + other.get().node().wallet(),
                    "revoke it with that wallet first, or give the node a new key: flowshield"
                            + " identity rotate");
        }
    }

    /** Has the node consent, and binds it. */
    public static ExitStatus bind(
            OpenNetwork open,
            Sending sending,
            NodeClient node,
            EvmAddress wallet,
            NodeKey key,
            long roles)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    NoDaemonException,
                    IOException,
                    InterruptedException {
        byte[] proof = verified(node.identity().prove(wallet), key, open);
        return bind(open, sending, wallet, key, proof, roles);
    }

    static ExitStatus bind(
            OpenNetwork open,
            Sending sending,
            EvmAddress wallet,
            NodeKey key,
            byte[] proof,
            long roles)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        IdentityRegistry registry = open.contracts().identities();
        return sending.send(
                wallet,
                registry.bind(key.bytes(), proof, roles),
                payment("identity register", registry.address()));
    }

    /**
     * The bytes of a proof, after they were checked: a daemon of another network signs for another
     * chain, and its proof would be worth nothing there.
     */
    static byte[] verified(IdentityProof proof, NodeKey key, OpenNetwork open)
            throws CommandFailedException {
        IdentityRegistry registry = open.contracts().identities();
        if (proof.chainId() != open.chain().id().value()
                || !proof.registry().equals(registry.address())) {
            throw NodeVerb.refused(
                    "other_network",
                    "the daemon is on chain "
                            + proof.chainId()
                            + " with the registry "
                            + proof.registry()
                            + ", the wallet's network file names another",
                    "give both the same network file");
        }
        byte[] bytes = HexFormat.of().parseHex(proof.proof().substring(2));
        Bytes32 challenge = registry.challenge(proof.wallet(), key.bytes());
        if (!BindingProof.holds(key, challenge, bytes)) {
            throw NodeVerb.refused(
                    "bad_proof",
                    "the daemon's consent is not signed by its key " + key,
                    "use the flowshield that the daemon was started with");
        }
        return bytes;
    }

    static Sending.Payment payment(String action, EvmAddress contract) {
        return new Sending.Payment(action, contract, BigInteger.ZERO, Coin.FLOW);
    }
}
