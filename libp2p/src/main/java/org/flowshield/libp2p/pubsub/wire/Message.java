package org.flowshield.libp2p.pubsub.wire;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A message as it goes over the wire; what is null was not there, which is not the same as empty (a
 * signature covers the difference). Immutable; says nothing about whether it is signed well.
 *
 * @param from the author's peer id
 * @param data what the application sent
 * @param seqno the author's number of it
 * @param topic the one topic it is about
 * @param signature the author's, over the four above
 * @param key the author's public key, where its id does not contain it
 */
public record Message(
        @Nullable ByteString from,
        @Nullable ByteString data,
        @Nullable ByteString seqno,
        Topic topic,
        @Nullable ByteString signature,
        @Nullable ByteString key) {

    /** What the application sent; empty if there was nothing. */
    public byte[] payload() {
        return data == null ? new byte[0] : data.toByteArray();
    }

    /** How many bytes of the application's it has. */
    public int payloadSize() {
        return data == null ? 0 : data.size();
    }

    @Override
    public String toString() {
        return "Message[" + payloadSize() + " bytes about " + topic + "]";
    }
}
