package org.flowshield.libp2p.peer;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The name of a peer: the multihash of its public key. Immutable.
 *
 * @param bytes the multihash
 */
public record PeerId(byte[] bytes) {

    public PeerId {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId id && Arrays.equals(bytes, id.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
