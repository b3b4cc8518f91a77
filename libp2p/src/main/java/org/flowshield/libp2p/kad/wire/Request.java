package org.flowshield.libp2p.kad.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.flowshield.libp2p.kad.wire.MalformedKadException.Reason;

/** What one peer asks of another (kad-dht specification, RPC messages). */
public sealed interface Request {

    /** A value of the greatest size, its keys, and a provider with its addresses. */
    int MAX_ENCODED = 64 * 1024;

    /** A provider names itself alone; js-libp2p and go-libp2p send one. */
    int MAX_PROVIDERS = 4;

    RecordKey key();

    /** Which peers are closest to the key? */
    record FindNode(RecordKey key) implements Request {}

    /** Which value has the key, and which peers are closest to it? */
    record GetValue(RecordKey key) implements Request {}

    /** Keep this value. */
    record PutValue(ValueRecord record) implements Request {
        @Override
        public RecordKey key() {
            return record.key();
        }
    }

    /** The sender provides what has this key. Not answered. */
    record AddProvider(RecordKey key, List<PeerInfo> providers) implements Request {
        public AddProvider {
            providers = List.copyOf(providers);
        }
    }

    /** Who provides what has this key, and which peers are closest to it? */
    record GetProviders(RecordKey key) implements Request {}

    /** Are you there? Deprecated; answered, but never sent. */
    record Ping() implements Request {
        @Override
        public RecordKey key() {
            throw new IllegalStateException("a ping has no key");
        }
    }

    static Request parse(byte[] bytes) throws MalformedKadException {
        KadProtos.Message message = read(bytes);
        return switch (message.getType()) {
            case PING -> new Ping();
            case FIND_NODE -> new FindNode(RecordKey.parse(message.getKey().toByteArray()));
            case GET_VALUE -> new GetValue(RecordKey.parse(message.getKey().toByteArray()));
            case GET_PROVIDERS -> new GetProviders(providerKey(message));
            case ADD_PROVIDER ->
                    new AddProvider(
                            providerKey(message),
                            PeerInfo.readable(message.getProviderPeersList(), MAX_PROVIDERS));
            case PUT_VALUE -> new PutValue(recordOf(message));
            case UNRECOGNIZED ->
                    throw new MalformedKadException(
                            Reason.UNKNOWN_TYPE, "a message of type " + message.getTypeValue());
        };
    }

    private static RecordKey providerKey(KadProtos.Message message) throws MalformedKadException {
        RecordKey key = RecordKey.parse(message.getKey().toByteArray());
        if (!key.isProviderKey()) {
            throw new MalformedKadException(
                    Reason.TOO_LONG,
                    "a provider's key has at most " + RecordKey.MAX_PROVIDER_KEY + " bytes");
        }
        return key;
    }

    private static ValueRecord recordOf(KadProtos.Message message) throws MalformedKadException {
        if (!message.hasRecord()) {
            throw new MalformedKadException(Reason.BAD_RECORD, "a put without a record");
        }
        ValueRecord record = ValueRecord.parse(message.getRecord());
        if (!record.key().equals(RecordKey.parse(message.getKey().toByteArray()))) {
            throw new MalformedKadException(
                    Reason.BAD_RECORD, "a put of a record that has another key");
        }
        return record;
    }

    static KadProtos.Message read(byte[] bytes) throws MalformedKadException {
        try {
            return KadProtos.Message.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedKadException(
                    Reason.BAD_ENCODING, "no Kademlia message: " + e.getMessage());
        }
    }

    default byte[] encode() {
        KadProtos.Message.Builder message = KadProtos.Message.newBuilder().setType(typeOf(this));
        if (!(this instanceof Ping)) {
            message.setKey(ByteString.copyFrom(key().bytes()));
        }
        switch (this) {
            case PutValue put -> message.setRecord(put.record().toProto());
            case AddProvider add ->
                    add.providers().forEach(one -> message.addProviderPeers(one.toProto()));
            case FindNode _, GetValue _, GetProviders _, Ping _ -> {}
        }
        return message.build().toByteArray();
    }

    static KadProtos.Message.Type typeOf(Request request) {
        return switch (request) {
            case FindNode _ -> KadProtos.Message.Type.FIND_NODE;
            case GetValue _ -> KadProtos.Message.Type.GET_VALUE;
            case PutValue _ -> KadProtos.Message.Type.PUT_VALUE;
            case AddProvider _ -> KadProtos.Message.Type.ADD_PROVIDER;
            case GetProviders _ -> KadProtos.Message.Type.GET_PROVIDERS;
            case Ping _ -> KadProtos.Message.Type.PING;
        };
    }
}
