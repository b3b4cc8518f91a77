package org.flowshield.node.fullnode.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.fullnode.index.Listed;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Offer;
import org.jspecify.annotations.Nullable;

/**
 * A provider as JSON. What begins with {@code claimed} is its own word.
 *
 * @param state online, stale, offline or unheard
 * @param pricePerGib and other amounts in FLOW
 */
record ProviderBody(
        String peer,
        String wallet,
        String state,
        @Nullable String heardAt,
        String pricePerGib,
        @Nullable String claimedCountry,
        long claimedBitsPerSecond,
        @Nullable Long claimedFreeBitsPerSecond,
        @Nullable Integer claimedSessions,
        boolean claimedIpv4,
        boolean claimedIpv6,
        List<String> claimedProtocols,
        List<String> addresses,
        String stake,
        double score,
        List<String> reasons,
        String offerHash,
        long offerSequence,
        String validUntil) {

    static ProviderBody of(SignedListing listing, Listed listed, Instant now) {
        Offer offer = listing.offer();
        @Nullable SignedHeartbeat beat = listed.heartbeat().orElse(null);
        return new ProviderBody(
                listing.peer().toString(),
                offer.payee().toString(),
                state(listed, now),
                listed.heardAt().map(ProviderBody::second).orElse(null),
                offer.price().perGiB().decimal(),
                offer.service().country().map(Country::code).orElse(null),
                offer.service().bitsPerSecond(),
                beat == null ? null : beat.heartbeat().freeBitsPerSecond(),
                beat == null ? null : beat.heartbeat().sessions(),
                offer.service().ipv4(),
                offer.service().ipv6(),
                offer.service().protocols(),
                listing.addresses().stream().map(Multiaddr::toString).toList(),
                listed.stake().decimal(),
                Math.round(listed.score() * 1000) / 1000.0,
                listed.reasons(),
                listing.signedOffer().hash().toString(),
                offer.sequence(),
                offer.validUntil().toString());
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String state(Listed listed, Instant now) {
        return listed.heardAt()
                .map(heard -> Liveness.of(heard, now).getClass().getSimpleName())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .orElse("unheard");
    }
}
