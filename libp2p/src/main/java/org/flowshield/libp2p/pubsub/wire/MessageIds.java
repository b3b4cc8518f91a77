package org.flowshield.libp2p.pubsub.wire;

import com.google.protobuf.ByteString;

/** Makes the ids of messages; all peers of a topic must make the same. Any thread. */
@FunctionalInterface
public interface MessageIds {

    /** The specification's: author and sequence number. go-libp2p has it; js-libp2p can. */
    MessageIds AUTHOR_AND_SEQNO =
            message -> new MessageId(orEmpty(message.from()).concat(orEmpty(message.seqno())));

    /** Never throws for any message. */
    MessageId of(Message message);

    private static ByteString orEmpty(@org.jspecify.annotations.Nullable ByteString bytes) {
        return bytes == null ? ByteString.EMPTY : bytes;
    }
}
