package org.flowshield.node.market.listing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

/** Listings taken apart and put together by somebody who has no key. */
public final class ListingParts {

    private ListingParts() {}

    /** The peer record of a listing. */
    public static byte[] where(SignedListing listing) throws InvalidProtocolBufferException {
        return MarketProtos.Listing.parseFrom(listing.encoded()).getWhere().toByteArray();
    }

    /** Two envelopes as one listing, whatever is in them. */
    public static byte[] listing(ByteString offer, ByteString where) {
        return MarketProtos.Listing.newBuilder()
                .setOffer(offer)
                .setWhere(where)
                .build()
                .toByteArray();
    }
}
