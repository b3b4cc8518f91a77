package org.flowshield.node.market.listing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.MalformedRecordException;
import org.flowshield.libp2p.record.PeerRecord;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.listing.MalformedListingException.Reason;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.flowshield.node.payment.wire.SignedOffer;

/**
 * What a provider tells the market: its offer, and where it is; each signed by its node key, so
 * that whoever passes it on need not be believed. One that exists was verified. Immutable.
 */
public final class SignedListing {

    /** Bytes: an offer of at most 4 KiB, and a record of {@value #MAX_ADDRESSES} addresses. */
    public static final int MAX_LENGTH = 8 * 1024;

    /** More ways to one provider nobody tries. */
    public static final int MAX_ADDRESSES = 16;

    private final NodeKey node;
    private final SignedOffer offer;
    private final PeerRecord where;
    private final byte[] encoded;

    private SignedListing(NodeKey node, SignedOffer offer, PeerRecord where, byte[] encoded) {
        this.node = node;
        this.offer = offer;
        this.where = where;
        this.encoded = encoded;
    }

    /**
     * Signs where the key's node is; the offer is its own.
     *
     * @param sequence greater than that of each earlier listing of this node
     * @param addresses at most {@value #MAX_ADDRESSES}, without {@code /p2p}
     */
    public static SignedListing sign(
            SignedOffer offer, List<Multiaddr> addresses, long sequence, PrivateKey key) {
        NodeKey node = NodeKey.of(key.publicKey()).orElseThrow();
        if (!offer.offer().nodeKey().equals(node.bytes()) || addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException(
                    "a provider lists its own offer at %d addresses at most"
                            .formatted(MAX_ADDRESSES));
        }
        PeerRecord where = new PeerRecord(node.peer(), sequence, addresses);
        byte[] encoded =
                MarketProtos.Listing.newBuilder()
                        .setOffer(ByteString.copyFrom(offer.encoded()))
                        .setWhere(ByteString.copyFrom(where.seal(key).encoded()))
                        .build()
                        .toByteArray();
        return new SignedListing(node, offer, where, encoded);
    }

    /**
     * Opens both envelopes: they are of one node. Says nothing of whether the offer still holds.
     */
    public static SignedListing open(byte[] encoded) throws MalformedListingException {
        if (encoded.length > MAX_LENGTH) {
            throw new MalformedListingException(Reason.TOO_LONG);
        }
        MarketProtos.Listing message;
        try {
            message = MarketProtos.Listing.parseFrom(encoded);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedListingException(Reason.NOT_PROTOBUF);
        }
        SignedOffer offer;
        PeerRecord where;
        try {
            offer = SignedOffer.open(message.getOffer().toByteArray());
        } catch (MalformedPaymentException e) {
            throw new MalformedListingException(Reason.OFFER);
        }
        try {
            where = PeerRecord.open(message.getWhere().toByteArray());
        } catch (MalformedRecordException e) {
            throw new MalformedListingException(Reason.PEER_RECORD);
        }
        NodeKey node = new NodeKey(offer.offer().nodeKey());
        if (!offer.isOf(where.peer())) {
            throw new MalformedListingException(Reason.TWO_NODES);
        }
        if (where.addresses().isEmpty() || where.addresses().size() > MAX_ADDRESSES) {
            throw new MalformedListingException(Reason.ADDRESSES);
        }
        return new SignedListing(node, offer, where, encoded.clone());
    }

    /** Whose it is. */
    public NodeKey node() {
        return node;
    }

    public PeerId peer() {
        return where.peer();
    }

    public Offer offer() {
        return offer.offer();
    }

    public SignedOffer signedOffer() {
        return offer;
    }

    /** Where it can be dialled, each with its peer id. */
    public List<Multiaddr> addresses() {
        return where.addresses().stream().map(at -> at.withPeer(where.peer())).toList();
    }

    /** Greater in each later listing of the node; unsigned. */
    public long sequence() {
        return where.seq();
    }

    /** True if this takes the place of {@code known}: same node, and nothing older in it. */
    public boolean supersedes(SignedListing known) {
        long sequence = offer.offer().sequence();
        long before = known.offer.offer().sequence();
        return node.equals(known.node)
                && sequence >= before
                && Long.compareUnsigned(where.seq(), known.where.seq()) >= 0
                && (sequence > before || where.supersedes(known.where));
    }

    /** Both envelopes, to be passed on. */
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public String toString() {
        return "SignedListing[" + offer + " at " + where.addresses() + "]";
    }
}
