package org.flowshield.node.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.libp2p.crypto.KeyFile;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.node.disk.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a node keeps its key, the one that is to follow it, and whose it is. A key that follows
 * lies beside the other until the chain says that its wallet has bound it; then it takes its place
 * in one step, so that there is a whole key at each moment. Guarded by the directory's lock.
 *
 * @param key of the node
 * @param next that follows, if there is one
 * @param wallet the file that names the wallet that was chosen, if one was
 */
public record OwnKeys(Path key, Path next, Path wallet) {

    private static final Logger LOG = LoggerFactory.getLogger(OwnKeys.class);

    /** An address and the end of a line. */
    private static final int MAX_WALLET = 64;

    /** Keys in a directory. */
    public static OwnKeys in(Path key) {
        return new OwnKeys(
                key, key.resolveSibling("node.key.next"), key.resolveSibling("identity.wallet"));
    }

    public boolean hasNext() {
        return Files.exists(next);
    }

    /** The name of the key that follows; empty if there is none. */
    public Optional<NodeKey> nextKey() throws IOException {
        if (!hasNext()) {
            return Optional.empty();
        }
        try (PrivateKey key = KeyFile.load(next)) {
            return NodeKey.of(key.publicKey());
        }
    }

    /** Signs with the key that follows, which is made if there is none. */
    byte[] proveNext(Challenge challenge, SecureRandom random) throws IOException {
        try (PrivateKey key = KeyFile.loadOrCreate(next, random)) {
            return BindingProof.sign(key, challenge.of(NodeKey.of(key.publicKey()).orElseThrow()));
        }
    }

    /** The registry's challenge to a key. */
    @FunctionalInterface
    interface Challenge {
        org.flowshield.contracts.evm.Bytes32 of(NodeKey key);
    }

    /** Puts the key that follows in the place of the other, which is worth nothing any more. */
    public void replace() throws IOException {
        DurableFile.move(next, key);
    }

    /**
     * The wallet that was chosen while a node ran; empty if none was, or if the file names none: a
     * node starts without it, and its owner names it again.
     */
    public Optional<EvmAddress> chosenWallet() throws IOException {
        if (!Files.exists(wallet)) {
            return Optional.empty();
        }
        byte[] text;
        try (var in = Files.newInputStream(wallet)) {
            text = in.readNBytes(MAX_WALLET);
        }
        try {
            return Optional.of(
                    EvmAddress.parse(new String(text, StandardCharsets.US_ASCII).strip()));
        } catch (MalformedAddressException e) {
            LOG.warn(
                    "{} names no wallet ({}), so this node belongs to none: name it again by"
                            + " 'flowshield identity register'",
                    wallet,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps that choice: it is on the disk when this returns. */
    void chooseWallet(EvmAddress chosen) throws IOException {
        DurableFile.write(wallet, (chosen + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
