package org.flowshield.libp2p.pubsub.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Control.PeerInfo;
import org.flowshield.libp2p.pubsub.wire.Control.Prune;
import org.flowshield.libp2p.pubsub.wire.MalformedRpcException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads RPCs without believing them: what is read grows with the bytes that came, and counts are
 * bounded while they are read. Unknown fields are skipped. For one RPC.
 */
final class RpcDecoder {

    private final Rpc.Builder rpc = new Rpc.Builder();
    private int subscriptions;
    private int messages;
    private int ihaves;
    private int offered;
    private int wanted;
    private int grafts;
    private int prunes;
    private int unwanted;

    private RpcDecoder() {}

    static Rpc decode(byte[] bytes) throws MalformedRpcException {
        if (bytes.length > Rpc.MAX_BYTES) {
            throw new MalformedRpcException(
                    Reason.TOO_LONG, "RPC of " + bytes.length + " bytes, at most " + Rpc.MAX_BYTES);
        }
        RpcDecoder decoder = new RpcDecoder();
        try {
            decoder.readRpc(CodedInputStream.newInstance(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedRpcException(
                    Reason.BAD_ENCODING, "no RPC of pubsub: " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("an array is no stream that could fail", e);
        }
        return decoder.rpc.build();
    }

    /** A field of the message that is being read. */
    @FunctionalInterface
    private interface Field {
        /** Reads the field, or gives false if it is unknown. */
        boolean read(CodedInputStream in, int tag) throws IOException, MalformedRpcException;
    }

    private static void fields(CodedInputStream in, Field field)
            throws IOException, MalformedRpcException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!field.read(in, tag)) {
                in.skipField(tag);
            }
        }
        in.checkLastTagWas(0);
    }

    /** Reads a message within a message. */
    private static boolean nested(CodedInputStream in, Field field)
            throws IOException, MalformedRpcException {
        int limit = in.pushLimit(in.readRawVarint32());
        fields(in, field);
        in.popLimit(limit);
        return true;
    }

    private static int lengthDelimited(int field) {
        return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static int varint(int field) {
        return field << 3 | WireFormat.WIRETYPE_VARINT;
    }

    private static final int FIELD_1 = lengthDelimited(1);
    private static final int FIELD_2 = lengthDelimited(2);
    private static final int FIELD_3 = lengthDelimited(3);
    private static final int FIELD_4 = lengthDelimited(4);
    private static final int FIELD_5 = lengthDelimited(5);
    private static final int FIELD_6 = lengthDelimited(6);
    private static final int NUMBER_1 = varint(1);
    private static final int NUMBER_3 = varint(3);

    private void readRpc(CodedInputStream source) throws IOException, MalformedRpcException {
        fields(
                source,
                (in, tag) -> {
                    if (tag == FIELD_1) {
                        return readSubscription(in);
                    }
                    if (tag == FIELD_2) {
                        return readMessage(in);
                    }
                    return tag == FIELD_3 && nested(in, this::readControl);
                });
    }

    private boolean readControl(CodedInputStream in, int tag)
            throws IOException, MalformedRpcException {
        if (tag == FIELD_1) {
            return readIHave(in);
        }
        if (tag == FIELD_2) {
            return readIWant(in);
        }
        if (tag == FIELD_3) {
            return readGraft(in);
        }
        if (tag == FIELD_4) {
            return readPrune(in);
        }
        return tag == FIELD_5 && readIDontWant(in);
    }

    private boolean readSubscription(CodedInputStream source)
            throws IOException, MalformedRpcException {
        if (++subscriptions > Rpc.MAX_SUBSCRIPTIONS) {
            return false;
        }
        var read =
                new Object() {
                    boolean subscribe;
                    @Nullable String topic;
                };
        nested(
                source,
                (in, tag) -> {
                    if (tag == NUMBER_1) {
                        read.subscribe = in.readBool();
                        return true;
                    }
                    if (tag == FIELD_2) {
                        read.topic = in.readStringRequireUtf8();
                        return true;
                    }
                    return false;
                });
        rpc.subscription(read.subscribe, topic(read.topic));
        return true;
    }

    private boolean readMessage(CodedInputStream source) throws IOException, MalformedRpcException {
        if (++messages > Rpc.MAX_MESSAGES) {
            return false;
        }
        ByteString[] parts = new ByteString[FIELD_6 + 1];
        var read =
                new Object() {
                    @Nullable String topic;
                };
        nested(
                source,
                (in, tag) -> {
                    if (tag == FIELD_4) {
                        read.topic = in.readStringRequireUtf8();
                        return true;
                    }
                    if (tag == FIELD_1
                            || tag == FIELD_2
                            || tag == FIELD_3
                            || tag == FIELD_5
                            || tag == FIELD_6) {
                        parts[tag] = in.readBytes();
                        return true;
                    }
                    return false;
                });
        rpc.message(
                new Message(
                        parts[FIELD_1],
                        parts[FIELD_2],
                        parts[FIELD_3],
                        topic(read.topic),
                        parts[FIELD_5],
                        parts[FIELD_6]));
        return true;
    }

    private boolean readIHave(CodedInputStream source) throws IOException, MalformedRpcException {
        if (++ihaves > Rpc.MAX_CONTROLS) {
            return false;
        }
        List<MessageId> ids = new ArrayList<>();
        var read =
                new Object() {
                    @Nullable String topic;
                };
        nested(
                source,
                (in, tag) -> {
                    if (tag == FIELD_1) {
                        read.topic = in.readStringRequireUtf8();
                        return true;
                    }
                    return tag == FIELD_2 && ++offered <= Rpc.MAX_IDS && readId(in, ids);
                });
        rpc.ihave(topic(read.topic), ids);
        return true;
    }

    private boolean readIWant(CodedInputStream source) throws IOException, MalformedRpcException {
        List<MessageId> ids = new ArrayList<>();
        nested(source, (in, tag) -> tag == FIELD_1 && ++wanted <= Rpc.MAX_IDS && readId(in, ids));
        rpc.iwant(ids);
        return true;
    }

    private boolean readIDontWant(CodedInputStream source)
            throws IOException, MalformedRpcException {
        List<MessageId> ids = new ArrayList<>();
        nested(
                source,
                (in, tag) -> tag == FIELD_1 && ++unwanted <= Rpc.MAX_UNWANTED && readId(in, ids));
        rpc.idontwant(ids);
        return true;
    }

    /** An id that is too long is nobody's, and left out. */
    private static boolean readId(CodedInputStream in, List<MessageId> ids) throws IOException {
        ByteString id = in.readBytes();
        if (id.size() <= MessageId.MAX_BYTES) {
            ids.add(new MessageId(id));
        }
        return true;
    }

    private boolean readGraft(CodedInputStream source) throws IOException, MalformedRpcException {
        if (++grafts > Rpc.MAX_CONTROLS) {
            return false;
        }
        var read =
                new Object() {
                    @Nullable String topic;
                };
        nested(
                source,
                (in, tag) -> {
                    if (tag == FIELD_1) {
                        read.topic = in.readStringRequireUtf8();
                        return true;
                    }
                    return false;
                });
        rpc.graft(topic(read.topic));
        return true;
    }

    private boolean readPrune(CodedInputStream source) throws IOException, MalformedRpcException {
        if (++prunes > Rpc.MAX_CONTROLS) {
            return false;
        }
        List<PeerInfo> peers = new ArrayList<>();
        var read =
                new Object() {
                    @Nullable String topic;
                    long backoff;
                };
        nested(
                source,
                (in, tag) -> {
                    if (tag == FIELD_1) {
                        read.topic = in.readStringRequireUtf8();
                        return true;
                    }
                    if (tag == NUMBER_3) {
                        // Unsigned; who says more than a long holds means for ever.
                        long seconds = in.readUInt64();
                        read.backoff = seconds < 0 ? Long.MAX_VALUE : seconds;
                        return true;
                    }
                    return tag == FIELD_2
                            && peers.size() < Rpc.MAX_EXCHANGED
                            && readPeerInfo(in, peers);
                });
        rpc.prune(new Prune(topic(read.topic), peers, read.backoff));
        return true;
    }

    /** A peer whose id we cannot read is left out. */
    private static boolean readPeerInfo(CodedInputStream source, List<PeerInfo> peers)
            throws IOException, MalformedRpcException {
        var read =
                new Object() {
                    ByteString id = ByteString.EMPTY;
                    @Nullable ByteString envelope;
                };
        nested(
                source,
                (in, tag) -> {
                    if (tag == FIELD_1) {
                        read.id = in.readBytes();
                        return true;
                    }
                    if (tag == FIELD_2) {
                        read.envelope = in.readBytes();
                        return true;
                    }
                    return false;
                });
        try {
            peers.add(new PeerInfo(PeerId.parse(read.id.toByteArray()), read.envelope));
            return true;
        } catch (MalformedPeerIdException _) {
            return true; // a kind of peer that we have never heard of
        }
    }

    private static Topic topic(@Nullable String name) throws MalformedRpcException {
        if (name == null || !Topic.isValid(name)) {
            throw new MalformedRpcException(
                    Reason.BAD_TOPIC,
                    name == null
                            ? "a topic is missing"
                            : "a topic of " + name.length() + " characters");
        }
        return new Topic(name);
    }
}
