package org.flowshield.libp2p.kad.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.flowshield.libp2p.kad.wire.MalformedKadException.Reason;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.peer.PeerId;

/**
 * What is looked for: a peer's id, the name of a value ({@code /namespace/...}) or the multihash of
 * what is provided. Its place in the key space is that of its SHA-256. Immutable.
 *
 * @param bytes at least one, at most {@value #MAX}
 */
public record RecordKey(byte[] bytes) {

    /** Names of values are far shorter in practice: {@code /ipns/} and a peer id have 44 bytes. */
    public static final int MAX = 512;

    /** go-libp2p's bound for the key of a provider. */
    public static final int MAX_PROVIDER_KEY = 80;

    public RecordKey {
        if (bytes.length == 0 || bytes.length > MAX) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes");
        }
        bytes = bytes.clone();
    }

    /** The key of a message of a peer. */
    static RecordKey parse(byte[] bytes) throws MalformedKadException {
        if (bytes.length == 0) {
            throw new MalformedKadException(Reason.BAD_KEY, "a message without a key");
        }
        if (bytes.length > MAX) {
            throw new MalformedKadException(
                    Reason.TOO_LONG, "a key of " + bytes.length + " bytes, at most " + MAX);
        }
        return new RecordKey(bytes);
    }

    /**
     * The name of a value.
     *
     * @throws IllegalArgumentException if it is empty or too long
     */
    public static RecordKey ofName(String name) {
        return new RecordKey(name.getBytes(StandardCharsets.UTF_8));
    }

    public static RecordKey of(PeerId peer) {
        return new RecordKey(peer.bytes());
    }

    public static RecordKey of(Multihash content) {
        return new RecordKey(content.encode());
    }

    /** True if this can be the key of a provider's record. */
    public boolean isProviderKey() {
        return bytes.length <= MAX_PROVIDER_KEY;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Readable names as they are, anything else in hexadecimal digits. */
    @Override
    public String toString() {
        for (byte octet : bytes) {
            if (octet < ' ' || octet == 0x7f) {
                return java.util.HexFormat.of().formatHex(bytes);
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
