package org.flowshield.libp2p.kad.wire;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.kad.wire.MalformedKadException.Reason;

/**
 * What a peer answers. Immutable. Which parts are filled in depends on the request.
 *
 * @param record of a value that was asked for, or the one that was put
 * @param closer peers nearer to the key, as many as k
 * @param providers who provides what has the key
 */
public record Response(
        Optional<ValueRecord> record, List<PeerInfo> closer, List<PeerInfo> providers) {

    /** Nothing to tell. */
    public static final Response EMPTY = new Response(Optional.empty(), List.of(), List.of());

    /** k is 20 everywhere; more than this of one answer are left out. */
    public static final int MAX_CLOSER = 40;

    /** More than this of one answer are left out. */
    public static final int MAX_PROVIDERS = 128;

    /** All peers with some addresses each, and a value of the greatest size. */
    public static final int MAX_ENCODED = 512 * 1024;

    public Response {
        closer = List.copyOf(closer);
        providers = List.copyOf(providers);
    }

    /** Reads the answer to a request. */
    public static Response parse(byte[] bytes, Request asked) throws MalformedKadException {
        KadProtos.Message message = Request.read(bytes);
        if (message.getType() != Request.typeOf(asked)) {
            throw new MalformedKadException(
                    Reason.WRONG_ANSWER,
                    "an answer of type " + message.getTypeValue() + " to " + asked);
        }
        Optional<ValueRecord> record = Optional.empty();
        boolean mayHaveRecord =
                asked instanceof Request.GetValue || asked instanceof Request.PutValue;
        if (message.hasRecord() && mayHaveRecord) {
            ValueRecord said = ValueRecord.parse(message.getRecord());
            if (!said.key().equals(asked.key())) {
                throw new MalformedKadException(
                        Reason.WRONG_ANSWER, "a record of another key than was asked for");
            }
            record = Optional.of(said);
        }
        return new Response(
                record,
                PeerInfo.readable(message.getCloserPeersList(), MAX_CLOSER),
                PeerInfo.readable(message.getProviderPeersList(), MAX_PROVIDERS));
    }

    public byte[] encode(Request asked) {
        KadProtos.Message.Builder message =
                KadProtos.Message.newBuilder().setType(Request.typeOf(asked));
        if (!(asked instanceof Request.Ping)) {
            message.setKey(ByteString.copyFrom(asked.key().bytes()));
        }
        record.ifPresent(one -> message.setRecord(one.toProto()));
        closer.forEach(one -> message.addCloserPeers(one.toProto()));
        providers.forEach(one -> message.addProviderPeers(one.toProto()));
        return message.build().toByteArray();
    }
}
