package org.flowshield.libp2p.pubsub.wire;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/**
 * By what peers know that two messages are the same one. Immutable.
 *
 * @param bytes as the topic's {@link MessageIds} made them
 */
public record MessageId(ByteString bytes) {

    /** Room for an RSA author's id or a hash and more; a longer one is nobody's. */
    public static final int MAX_BYTES = 128;

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
