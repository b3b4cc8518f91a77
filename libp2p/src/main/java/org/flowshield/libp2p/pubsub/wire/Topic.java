package org.flowshield.libp2p.pubsub.wire;

import java.nio.charset.StandardCharsets;

/**
 * What messages are about. Immutable.
 *
 * @param name any text of 1 to {@value #MAX_BYTES} bytes in UTF-8
 */
public record Topic(String name) {

    /** The specification has none; longer than any in use, short enough to keep for every peer. */
    public static final int MAX_BYTES = 256;

    /**
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public Topic {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "a topic has from 1 to " + MAX_BYTES + " bytes in UTF-8");
        }
    }

    public static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_BYTES
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    @Override
    public String toString() {
        return name;
    }
}
