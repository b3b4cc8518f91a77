package org.flowshield.node.desk.local;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.identity.IdentityProof;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.DeskException.Kind;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.WalletNodes;

/** Takes nodes as a wallet's own, on one network. Safe for use by any thread. */
record Registering(OpenNetwork open) {

    /** The key of this machine's node. */
    static NodeKey key(NodeClient node)
            throws DeskException, RefusedException, IOException, InterruptedException {
        return peer(node.identity().status().peerId());
    }

    /** A node by its peer id. */
    static NodeKey peer(String text) throws DeskException {
        try {
            return NodeKey.of(PeerId.parse(text))
                    .orElseThrow(
                            () ->
                                    Failures.invalid(
                                            "bad_argument",
                                            text
                                                    + " has a key of a kind that no identity has;"
                                                    + " it begins with 12D3Koo",
                                            "nothing was done"));
        } catch (MalformedPeerIdException e) {
            throw bad("'" + text + "' is no peer id: " + e.getMessage(), e);
        }
    }

    /** A node by its peer id, or its key in digits. */
    static NodeKey named(String text) throws DeskException {
        if (!text.startsWith("0x")) {
            return peer(text);
        }
        try {
            return new NodeKey(Bytes32.parse(text));
        } catch (MalformedHexException e) {
            throw bad("'" + text + "' is no node key: " + e.getMessage(), e);
        }
    }

    private static DeskException bad(String message, Exception cause) {
        return new DeskException(
                Kind.INVALID, new Problem("bad_argument", message, "nothing was done"), cause);
    }

    static long bits(Set<Roles> roles) {
        return Roles.bits(roles.toArray(Roles[]::new));
    }

    static String words(long bits) {
        return bits == 0
                ? "nothing"
                : Roles.of(bits).stream().map(Roles::label).collect(Collectors.joining(", "));
    }

    /**
     * The binding, if there is one with these roles.
     *
     * @throws DeskException if the key can't be bound, or not like that
     */
    Optional<Binding> look(EvmAddress wallet, NodeKey key, long wanted)
            throws DeskException, RpcException {
        IdentityRegistry registry = open.contracts().identities();
        Binding binding = registry.binding(wallet, key.bytes());
        switch (binding.status()) {
            case BOUND -> {
                if ((binding.roles() & wanted) == wanted) {
                    return Optional.of(binding);
                }
                throw Failures.refused(
                        "other_roles",
                        key
                                + " is bound as "
                                + words(binding.roles())
                                + "; a binding's roles are never changed",
                        "flowshield identity rotate --roles gives the node a new key with others");
            }
            case REVOKED ->
                    throw Failures.refused(
                            "revoked",
                            key + " was revoked on " + binding.revokedAt() + ", which is for ever",
                            "flowshield identity rotate gives the node a new key");
            case NONE -> requireNotAnothers(key);
        }
        return Optional.empty();
    }

    private void requireNotAnothers(NodeKey key) throws DeskException, RpcException {
        IdentityRegistry registry = open.contracts().identities();
        Optional<WalletNodes.Known> other =
                WalletNodes.owner(
                        key,
                        registry.events(open.network().firstBlock(), open.chain().head().number()),
                        registry::challenge);
        if (other.isPresent()) {
            throw Failures.refused(
                    "other_wallet",
                    "this node is bound to another wallet already: " + other.get().node().wallet(),
                    "revoke it with that wallet first, or give the node a new key: flowshield"
                            + " identity rotate");
        }
    }

    /** Has the node consent, and binds it. */
    Ending bind(Registrar registrar, NodeClient node, EvmAddress wallet, NodeKey key, long roles)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return registrar.bind(wallet, key, verified(node.identity().prove(wallet), key), roles);
    }

    /**
     * The bytes of a proof, after they were checked: a daemon of another network signs for another
     * chain, and its proof would be worth nothing there.
     */
    byte[] verified(IdentityProof proof, NodeKey key) throws DeskException {
        IdentityRegistry registry = open.contracts().identities();
        if (proof.chainId() != open.chain().id().value()
                || !proof.registry().equals(registry.address())) {
            throw Failures.refused(
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
            throw Failures.refused(
                    "bad_proof",
                    "the daemon's consent is not signed by its key " + key,
                    "use the flowshield that the daemon was started with");
        }
        return bytes;
    }
}
