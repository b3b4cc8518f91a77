package org.flowshield.libp2p.multistream;

import java.nio.charset.StandardCharsets;

/**
 * The name of a protocol as multistream-select speaks it, for instance {@code /ipfs/ping/1.0.0}.
 *
 * @param value the name: it begins with a slash and holds no line feed; at most {@value
 *     #MAX_LENGTH} bytes of UTF-8
 */
public record ProtocolId(String value) {

    /**
     * A multistream message has at most 1024 bytes with its line feed (go-libp2p and js-libp2p
     * alike).
     */
    public static final int MAX_LENGTH = 1023;

    public ProtocolId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a protocol id: " + value);
        }
    }

    /** True if {@code value} can be a protocol's id; for lists that a peer made. */
    public static boolean isValid(String value) {
        return value.startsWith("/")
                && value.indexOf('\n') < 0
                && value.getBytes(StandardCharsets.UTF_8).length <= MAX_LENGTH;
    }

    @Override
    public String toString() {
        return value;
    }
}
