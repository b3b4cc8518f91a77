package org.flowshield.libp2p.kad.routing;

/** What became of a peer that was offered to a routing table. */
public sealed interface Offer {

    /** It has a place now. */
    record Added() implements Offer {}

    /** It had one, and what is known of it is up to date. */
    record Updated() implements Offer {}

    /**
     * Its bucket is full. If {@code oldest} does not answer, it loses its place and the newcomer
     * can be offered again.
     */
    record Full(Contact oldest) implements Offer {}

    /** It gets none. */
    record Refused(Reason reason) implements Offer {}

    /** Why a peer gets no place. */
    enum Reason {
        /** That is us. */
        SELF,
        /** It says of no address where it can be reached. */
        NO_ADDRESS,
        /** The table has as many peers of its network as it may have. */
        TABLE_DIVERSITY,
        /** Its bucket has as many peers of its network as it may have. */
        BUCKET_DIVERSITY,
        /** Its bucket is full of peers that were of use lately. */
        BUCKET_FULL
    }
}
