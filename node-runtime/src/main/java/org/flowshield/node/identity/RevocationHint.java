package org.flowshield.node.identity;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;

/**
 * Somebody says that a node was revoked: a reason to look at the chain, and no more. On the wire it
 * is the wallet's 20 bytes and the node key's 32. Immutable.
 */
public record RevocationHint(NodeId node) {

    public static final int LENGTH = EvmAddress.LENGTH + Bytes32.LENGTH;

    public byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put(node.wallet().bytes())
                .put(node.key().bytes().bytes())
                .array();
    }

    /** Reads one; empty if it is none. */
    public static Optional<RevocationHint> parse(byte[] bytes) {
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] wallet = new byte[EvmAddress.LENGTH];
        byte[] key = new byte[Bytes32.LENGTH];
        buffer.get(wallet).get(key);
        return Optional.of(
                new RevocationHint(
                        new NodeId(new EvmAddress(wallet), new NodeKey(new Bytes32(key)))));
    }
}
