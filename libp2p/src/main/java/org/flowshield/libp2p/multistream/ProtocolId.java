package org.flowshield.libp2p.multistream;

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
        if (!value.startsWith("/") || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("not a protocol id: " + value);
        }
        if (value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_LENGTH) {
            throw new IllegalArgumentException("protocol id longer than " + MAX_LENGTH + " bytes");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
