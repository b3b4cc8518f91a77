package org.flowshield.node.identity;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.identity.Identities;
import org.flowshield.node.api.identity.IdentityProof;
import org.flowshield.node.api.identity.IdentityStatus;
import org.jspecify.annotations.Nullable;

/**
 * Who this node is: its key, the wallet that it belongs to, the certificate that says so. Safe for
 * use by any thread; waits for the disk, and for the chain where a key is changed.
 */
public final class OwnIdentity implements Identities {

    /** Where bindings are. Immutable. */
    public record Anchor(ChainId chain, IdentityRegistry registry) {}

    private final PrivateKey key;
    private final NodeKey own;
    private final OwnKeys keys;
    private final Optional<EvmAddress> configured;
    private final Optional<Anchor> anchor;
    private final SecureRandom random;
    private final InstantSource time;

    /** Guarded by this. */
    private Optional<EvmAddress> wallet;

    /** Of that wallet. Guarded by this. */
    private @Nullable CertificateHolder certificates;

    /** Of a key that is kept as the node's, and not yet used. Guarded by this. */
    private @Nullable NodeKey adopted;

    /**
     * @param key stays the caller's
     * @param configured the wallet that the operator has named, which nobody changes here
     * @param anchor empty without a network file
     */
    public OwnIdentity(
            PrivateKey key,
            OwnKeys keys,
            Optional<EvmAddress> configured,
            Optional<Anchor> anchor,
            SecureRandom random,
            InstantSource time)
            throws IOException {
        this.key = key;
        this.own = NodeKey.of(key.publicKey()).orElseThrow();
        this.keys = keys;
        this.configured = configured;
        this.anchor = anchor;
        this.random = random;
        this.time = time;
        this.wallet = configured.isPresent() ? configured : keys.chosenWallet();
    }

    public NodeKey key() {
        return own;
    }

    /** The wallet that it belongs to; empty if it belongs to none. */
    public synchronized Optional<EvmAddress> wallet() {
        return wallet;
    }

    /** The certificate that holds now; empty for a node without wallet or network. */
    public synchronized Optional<IdentityCertificate> certificate() {
        if (wallet.isEmpty() || anchor.isEmpty()) {
            return Optional.empty();
        }
        if (certificates == null) {
            certificates =
                    new CertificateHolder(key, wallet.get(), anchor.get().chain(), random, time);
        }
        return Optional.of(certificates.get());
    }

    @Override
    public synchronized IdentityStatus status() {
        return new IdentityStatus(
                own.toString(),
                wallet.orElse(null),
                anchor.map(at -> at.chain().value()).orElse(null),
                anchor.map(at -> at.registry().address()).orElse(null),
                certificate().map(IdentityCertificate::notAfter).orElse(null),
                next(),
                adopted != null);
    }

    private @Nullable String next() {
        if (adopted != null) {
            return adopted.toString();
        }
        try {
            return keys.nextKey().map(NodeKey::toString).orElse(null);
        } catch (IOException e) {
            return null; // whoever changes the key is told what is wrong with the file
        }
    }

    @Override
    public IdentityProof prove(EvmAddress of) throws RefusedException {
        Anchor at = anchor();
        requireNotAnothers(of);
        Bytes32 challenge = at.registry().challenge(of, own.bytes());
        return proof(own, of, at, BindingProof.sign(key, challenge));
    }

    @Override
    public synchronized IdentityProof proveNext(EvmAddress of) throws RefusedException {
        Anchor at = anchor();
        requireNotAnothers(of);
        if (adopted != null) {
            throw refused(
                    "restart_needed",
                    "a new key, " + adopted + ", waits for the daemon's next start",
                    "restart the daemon, then change the key again if you still want to");
        }
        try {
            byte[] proof =
                    keys.proveNext(next -> at.registry().challenge(of, next.bytes()), random);
            return proof(keys.nextKey().orElseThrow(), of, at, proof);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static IdentityProof proof(NodeKey node, EvmAddress of, Anchor at, byte[] proof) {
        return new IdentityProof(
                node.toString(),
                of,
                at.chain().value(),
                at.registry().address(),
                "0x" + HexFormat.of().formatHex(proof));
    }

    @Override
    public synchronized IdentityStatus adopt() throws RefusedException {
        try {
            Optional<NodeKey> next = keys.nextKey();
            if (next.isPresent()) {
                requireBound(next.get());
                keys.replace();
                adopted = next.get();
            }
            return status();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void requireBound(NodeKey next) throws RefusedException {
        try {
            if (wallet.isPresent() && isBound(next, wallet.get(), anchor().registry())) {
                return;
            }
        } catch (RpcException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "chain_unreachable",
                            "the chain does not say whether the new key is bound: "
                                    + e.getMessage()
                                    + "; the old one is kept",
                            "try again; the daemon asks by itself when it starts"),
                    e);
        }
        throw refused(
                "not_bound",
                "the new key " + next + " is not bound by the wallet yet; the old one is kept",
                "flowshield identity rotate");
    }

    /** Whether the chain has a key as that of a wallet's node. */
    public static boolean isBound(NodeKey key, EvmAddress wallet, IdentityRegistry registry)
            throws RpcException {
        return registry.binding(wallet, key.bytes()).status() == BindingStatus.BOUND;
    }

    @Override
    public synchronized IdentityStatus belongTo(EvmAddress of) throws RefusedException {
        requireNotAnothers(of);
        if (!wallet.equals(Optional.of(of))) {
            try {
                keys.chooseWallet(of);
            } catch (IOException e) {
                throw broken(e);
            }
            wallet = Optional.of(of);
            certificates = null;
        }
        return status();
    }

    private Anchor anchor() throws RefusedException {
        return anchor.orElseThrow(
                () ->
                        refused(
                                "no_network",
                                "this daemon has no network file, so it can't tell what to sign",
                                "put network.toml into its data directory, or set chain.network,"
                                        + " and restart it"));
    }

    private void requireNotAnothers(EvmAddress of) throws RefusedException {
        if (configured.isPresent() && !configured.get().equals(of)) {
            throw refused(
                    "other_wallet",
                    "by its configuration this node belongs to the wallet "
                            + configured.get()
                            + ", not to "
                            + of,
                    "use that wallet, or change identity.wallet (or provider.payee) and restart"
                            + " the daemon");
        }
    }

    private static RefusedException refused(String code, String message, String action) {
        return new RefusedException(Kind.REFUSED, new Problem(code, message, action));
    }

    private static RefusedException broken(IOException e) {
        return new RefusedException(
                Kind.FAILED,
                new Problem(
                        "key_file",
                        "a file of the node's identity can't be used: " + e.getMessage(),
                        "see the message; nothing was changed"),
                e);
    }
}
