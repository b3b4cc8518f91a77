package org.flowshield.node.market.listing;

/** Bytes that claim to be a provider's listing are none. */
public final class MalformedListingException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG,
        NOT_PROTOBUF,
        /** The offer in it is none, or not signed by the key that it names. */
        OFFER,
        /** The peer record in it is none, or not signed by the peer that it names. */
        PEER_RECORD,
        /** Offer and peer record are of different nodes. */
        TWO_NODES,
        /** It is of another node than the one that told it. */
        FOREIGN,
        /** None, or too many. */
        ADDRESSES
    }

    private final Reason reason;

    public MalformedListingException(Reason reason) {
        super("malformed listing: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
