package org.flowshield.node.advertise;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.market.listing.SignedListing;

/**
 * When a listing is told again. Pure, immutable.
 *
 * @param offer in it, by its hash
 * @param addresses in it, without the peer's id; at least one
 * @param heard whether anybody was there to hear it
 * @param nanos when it was told, by a monotonic clock
 */
record Telling(Bytes32 offer, List<Multiaddr> addresses, boolean heard, long nanos) {

    /**
     * Whoever has just come hears of it within that, and what was lost on its way is made good.
     * Less often than listeners take it, more often than offers end.
     */
    static final Duration AGAIN = Duration.ofMinutes(3);

    Telling {
        addresses = List.copyOf(addresses);
    }

    /** Where a node is: as many of its addresses as a listing holds. */
    static List<Multiaddr> listed(List<Multiaddr> addresses) {
        return addresses.stream().limit(SignedListing.MAX_ADDRESSES).toList();
    }

    /** Whether what is told now differs, or was told in vain, or long ago. */
    static boolean isDue(
            Optional<Telling> last,
            Bytes32 offer,
            List<Multiaddr> addresses,
            boolean listeners,
            long nanos) {
        if (last.isEmpty() || !last.get().says(offer, addresses)) {
            return true;
        }
        Telling before = last.get();
        return listeners && (!before.heard || nanos - before.nanos >= AGAIN.toNanos());
    }

    private boolean says(Bytes32 thatOffer, List<Multiaddr> thoseAddresses) {
        return offer.equals(thatOffer) && addresses.equals(thoseAddresses);
    }
}
