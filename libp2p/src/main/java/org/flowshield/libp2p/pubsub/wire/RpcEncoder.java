package org.flowshield.libp2p.pubsub.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.flowshield.libp2p.pubsub.wire.Control.IHave;
import org.flowshield.libp2p.pubsub.wire.Control.PeerInfo;
import org.flowshield.libp2p.pubsub.wire.Control.Prune;
import org.flowshield.libp2p.pubsub.wire.Control.Subscribed;
import org.jspecify.annotations.Nullable;

/** Writes RPCs, each field in the order of its number. */
final class RpcEncoder {

    private RpcEncoder() {}

    /** Writes the fields of one message. */
    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] bytes(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("an array is no stream that could fail", e);
        }
        return bytes.toByteArray();
    }

    private static void nested(CodedOutputStream out, int field, Fields fields) throws IOException {
        out.writeByteArray(field, bytes(fields));
    }

    private static void optional(CodedOutputStream out, int field, @Nullable ByteString value)
            throws IOException {
        if (value != null) {
            out.writeBytes(field, value);
        }
    }

    static byte[] encode(Rpc rpc) {
        return bytes(
                out -> {
                    for (Subscribed told : rpc.subscriptions()) {
                        nested(out, 1, inner -> subscription(inner, told));
                    }
                    for (Message message : rpc.messages()) {
                        out.writeByteArray(2, encode(message));
                    }
                    if (hasControlMessage(rpc)) {
                        nested(out, 3, inner -> control(inner, rpc));
                    }
                });
    }

    private static boolean hasControlMessage(Rpc rpc) {
        return !(rpc.ihave().isEmpty()
                && rpc.iwant().isEmpty()
                && rpc.graft().isEmpty()
                && rpc.prune().isEmpty()
                && rpc.idontwant().isEmpty());
    }

    private static void subscription(CodedOutputStream out, Subscribed told) throws IOException {
        out.writeBool(1, told.subscribe());
        out.writeString(2, told.topic().name());
    }

    static byte[] encode(Message message) {
        return bytes(
                out -> {
                    signed(out, message);
                    optional(out, 5, message.signature());
                    optional(out, 6, message.key());
                });
    }

    /** What a signature covers: neither itself nor the key (go-libp2p and js-libp2p). */
    static byte[] encodeSigned(Message message) {
        return bytes(out -> signed(out, message));
    }

    private static void signed(CodedOutputStream out, Message message) throws IOException {
        optional(out, 1, message.from());
        optional(out, 2, message.data());
        optional(out, 3, message.seqno());
        out.writeString(4, message.topic().name());
    }

    private static void control(CodedOutputStream out, Rpc rpc) throws IOException {
        for (IHave offer : rpc.ihave()) {
            nested(
                    out,
                    1,
                    inner -> {
                        inner.writeString(1, offer.topic().name());
                        ids(inner, 2, offer.ids());
                    });
        }
        if (!rpc.iwant().isEmpty()) {
            nested(out, 2, inner -> ids(inner, 1, rpc.iwant()));
        }
        for (Topic topic : rpc.graft()) {
            nested(out, 3, inner -> inner.writeString(1, topic.name()));
        }
        for (Prune told : rpc.prune()) {
            nested(out, 4, inner -> prune(inner, told));
        }
        if (!rpc.idontwant().isEmpty()) {
            nested(out, 5, inner -> ids(inner, 1, rpc.idontwant()));
        }
    }

    private static void ids(CodedOutputStream out, int field, List<MessageId> ids)
            throws IOException {
        for (MessageId id : ids) {
            out.writeBytes(field, id.bytes());
        }
    }

    private static void prune(CodedOutputStream out, Prune told) throws IOException {
        out.writeString(1, told.topic().name());
        for (PeerInfo info : told.peers()) {
            nested(
                    out,
                    2,
                    inner -> {
                        inner.writeByteArray(1, info.peer().bytes());
                        optional(inner, 2, info.peerRecord());
                    });
        }
        if (told.backoffSeconds() > 0) {
            out.writeUInt64(3, told.backoffSeconds());
        }
    }
}
