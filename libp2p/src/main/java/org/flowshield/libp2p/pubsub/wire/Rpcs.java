package org.flowshield.libp2p.pubsub.wire;

import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.pubsub.wire.Control.IHave;
import org.flowshield.libp2p.pubsub.wire.Control.Prune;
import org.flowshield.libp2p.pubsub.wire.Control.Subscribed;

/** RPCs to bytes and back. The length that precedes each on a stream is not written here. */
public final class Rpcs {

    /** Ids that stay together when an RPC is cut: those of the greatest length still fit. */
    private static final int IDS_TOGETHER = 256;

    private Rpcs() {}

    /**
     * Reads one RPC.
     *
     * @throws MalformedRpcException if it is none; lists that are too long are cut instead
     */
    public static Rpc decode(byte[] bytes) throws MalformedRpcException {
        return RpcDecoder.decode(bytes);
    }

    public static byte[] encode(Rpc rpc) {
        return RpcEncoder.encode(rpc);
    }

    /** How many bytes a message has on the wire, without what surrounds it. */
    public static int size(Message message) {
        return RpcEncoder.encode(message).length;
    }

    /**
     * As one RPC or more, each of at most {@link Rpc#PREFERRED_BYTES} unless a single message is
     * longer than that; in the same order, control before messages.
     */
    public static List<byte[]> encodeInParts(Rpc rpc) {
        byte[] whole = encode(rpc);
        if (whole.length <= Rpc.PREFERRED_BYTES) {
            return List.of(whole);
        }
        List<byte[]> parts = new ArrayList<>();
        Rpc.Builder part = new Rpc.Builder();
        int size = 0;
        for (Rpc piece : pieces(rpc)) {
            int more = encode(piece).length;
            if (size > 0 && size + more > Rpc.PREFERRED_BYTES) {
                parts.add(encode(part.build()));
                part = new Rpc.Builder();
                size = 0;
            }
            part.add(piece);
            size += more;
        }
        parts.add(encode(part.build()));
        return parts;
    }

    private static List<Rpc> pieces(Rpc rpc) {
        List<Rpc> pieces = new ArrayList<>();
        for (Subscribed told : rpc.subscriptions()) {
            pieces.add(new Rpc.Builder().subscription(told.subscribe(), told.topic()).build());
        }
        for (IHave offer : rpc.ihave()) {
            for (List<MessageId> some : chunks(offer.ids())) {
                pieces.add(new Rpc.Builder().ihave(offer.topic(), some).build());
            }
        }
        for (List<MessageId> some : chunks(rpc.iwant())) {
            pieces.add(new Rpc.Builder().iwant(some).build());
        }
        for (Topic topic : rpc.graft()) {
            pieces.add(new Rpc.Builder().graft(topic).build());
        }
        for (Prune told : rpc.prune()) {
            pieces.add(new Rpc.Builder().prune(told).build());
        }
        for (List<MessageId> some : chunks(rpc.idontwant())) {
            pieces.add(new Rpc.Builder().idontwant(some).build());
        }
        for (Message message : rpc.messages()) {
            pieces.add(new Rpc.Builder().message(message).build());
        }
        return pieces;
    }

    private static List<List<MessageId>> chunks(List<MessageId> ids) {
        List<List<MessageId>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_TOGETHER) {
            chunks.add(ids.subList(from, Math.min(ids.size(), from + IDS_TOGETHER)));
        }
        return chunks;
    }
}
