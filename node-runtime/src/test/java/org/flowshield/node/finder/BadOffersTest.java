package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.finder.Told.NOW;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.node.api.market.ProviderSource;
import org.flowshield.node.finder.backing.Backing;
import org.flowshield.node.finder.backing.Backing.Backed;
import org.flowshield.node.finder.backing.ChainBacking;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.Standing;
import org.flowshield.node.market.listing.ListingParts;
import org.flowshield.node.market.listing.MalformedListingException;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.Test;

/**
 * Somebody tells the market what a client must not take for an offer: a thousand times each, along
 * the whole way from bytes to whom it would go to. None is accepted.
 *
 * <ol>
 *   <li>A good listing is accepted, so that the way is one.
 *   <li>A bad one is made, a thousand times, each a little different.
 *   <li>Each goes the way of all that directories and providers tell.
 * </ol>
 */
final class BadOffersTest {

    private static final int EACH = 1000;
    private static final EvmAddress WALLET = Parties.address(1);
    private static final EvmAddress UNSTAKED = Parties.address(2);

    private final Random random = new Random(20_260_102);
    private final Shelf shelf = new Shelf(Parties.DOMAIN, AddressPolicy.INTERNET);
    private final Told honest = Told.by(WALLET);

    /** The wallet has bound the honest node; wallets without stake bind whom they like. */
    private final Registry registry =
            node ->
                    (node.key().equals(honest.node()) && node.wallet().equals(WALLET))
                                    || node.wallet().equals(UNSTAKED)
                            ? new Standing.Bound(Roles.bits(Roles.PROVIDER), NOW)
                            : new Standing.Unbound();

    private final Backing backing =
            new ChainBacking(
                    registry,
                    wallet ->
                            wallet.equals(WALLET)
                                    ? Optional.of(Parties.flow("1000"))
                                    : Optional.empty(),
                    InstantSource.fixed(NOW));

    /** Whether a client would go to whoever has told this. */
    private boolean isAccepted(byte[] told) throws InterruptedException {
        SignedListing listing;
        try {
            listing = SignedListing.open(told);
        } catch (MalformedListingException e) {
            return false;
        }
        if (shelf.put(listing, ProviderSource.DIRECTORY, NOW) != Shelf.Outcome.TAKEN) {
            return false;
        }
        Backed backed = backing.of(listing.node(), listing.offer().payee());
        return Selection.of(
                        List.of(shelf.of(listing.peer(), NOW).orElseThrow()),
                        Query.ANY,
                        Map.of(listing.node(), backed),
                        Set.of(),
                        NOW)
                .order()
                .stream()
                .anyMatch(pick -> pick.node().equals(listing.node()) && pick.stake().isPresent());
    }

    private void assertNoneAccepted(String what, IntFunction<byte[]> bad) throws Exception {
        int accepted = 0;
        for (int i = 0; i < EACH; i++) {
            accepted += isAccepted(bad.apply(i)) ? 1 : 0;
        }
        assertThat(accepted).as("accepted of %d that are %s", EACH, what).isZero();
    }

    @Test
    void a_good_one_is_accepted() throws Exception {
        assertThat(isAccepted(honest.listing().encoded())).isTrue();
        assertThat(isAccepted(honest.sequence(6).listing().encoded()))
                .as("and a newer one")
                .isTrue();
    }

    @Test
    void none_without_a_signature() throws Exception {
        byte[] good = honest.listing().encoded();
        assertNoneAccepted(
                "unsigned",
                i -> {
                    byte[] bad = good.clone();
                    bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
                    return bad;
                });
        assertNoneAccepted("cut", i -> Arrays.copyOf(good, random.nextInt(good.length)));
    }

    @Test
    void none_that_another_key_has_signed() throws Exception {
        byte[] offer = honest.signedOffer().encoded();
        byte[] key = honest.node().bytes().bytes();
        assertNoneAccepted(
                "signed by another key",
                i -> {
                    byte[] other = Told.by(WALLET).node().bytes().bytes();
                    byte[] forged = offer.clone();
                    for (int at = 0; at + key.length <= forged.length; at++) {
                        if (Arrays.equals(forged, at, at + key.length, key, 0, key.length)) {
                            System.arraycopy(other, 0, forged, at, other.length);
                        }
                    }
                    return listing(forged, where(honest));
                });
    }

    /** Offer of one node, addresses of another: a client would pay one and go to the other. */
    @Test
    void none_under_a_wrong_name() throws Exception {
        assertNoneAccepted(
                "of two nodes",
                i -> listing(honest.signedOffer().encoded(), where(Told.by(WALLET))));
    }

    private static byte[] where(Told told) {
        try {
            return ListingParts.where(told.listing());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] listing(byte[] offer, byte[] where) {
        return ListingParts.listing(ByteString.copyFrom(offer), ByteString.copyFrom(where));
    }

    @Test
    void none_that_has_expired() throws Exception {
        assertNoneAccepted(
                "over",
                i ->
                        honest.sequence(10 + i)
                                .until(NOW.minusSeconds(random.nextInt(1_000_000)))
                                .listing()
                                .encoded());
    }

    @Test
    void none_that_is_older_than_what_is_known() throws Exception {
        assertThat(isAccepted(honest.sequence(5_000).listing().encoded())).isTrue();
        assertNoneAccepted(
                "replayed",
                i -> honest.sequence(random.nextInt(5_000)).price("0.001").listing().encoded());
        assertThat(shelf.of(honest.peer(), NOW).orElseThrow().listing().offer().sequence())
                .isEqualTo(5_000);
    }

    @Test
    void none_that_is_too_long() throws Exception {
        byte[] good = honest.listing().encoded();
        assertNoneAccepted(
                "too long",
                i -> Arrays.copyOf(good, SignedListing.MAX_LENGTH + 1 + random.nextInt(100_000)));
    }

    @Test
    void none_of_another_chain_or_contract() throws Exception {
        assertNoneAccepted(
                "of another chain",
                i ->
                        honest.in(
                                        new ChannelDomain(
                                                new ChainId(1 + random.nextInt(31_336)),
                                                Parties.DOMAIN.contract()))
                                .listing()
                                .encoded());
        assertNoneAccepted(
                "of another contract",
                i ->
                        honest.in(
                                        new ChannelDomain(
                                                Parties.DOMAIN.chain(),
                                                Parties.address(10 + random.nextInt(200))))
                                .listing()
                                .encoded());
    }

    @Test
    void none_whose_wallet_has_no_stake() throws Exception {
        assertNoneAccepted("not staked", i -> Told.by(UNSTAKED).listing().encoded());
    }

    /** The wallet is an honest one, and knows nothing of the node that names it. */
    @Test
    void none_that_names_a_wallet_which_has_not_bound_it() throws Exception {
        assertNoneAccepted("not bound", i -> Told.by(WALLET).listing().encoded());
    }

    @Test
    void none_whose_addresses_lead_inside() throws Exception {
        assertNoneAccepted(
                "inside",
                i ->
                        honest.at(
                                        Told.at(
                                                "/ip4/10.%d.%d.%d/tcp/%d"
                                                        .formatted(
                                                                random.nextInt(256),
                                                                random.nextInt(256),
                                                                random.nextInt(256),
                                                                1 + random.nextInt(65_535))))
                                .listing()
                                .encoded());
    }

    @Test
    void none_when_the_chain_does_not_answer() throws Exception {
        Backing silent = (_, _) -> new Backed.Unknown("the chain was not reached");
        Told told = honest.sequence(7);
        shelf.put(told.listing(), ProviderSource.DIRECTORY, NOW);
        assertThat(
                        Selection.of(
                                        shelf.items(NOW.plus(Duration.ZERO)),
                                        Query.ANY,
                                        Map.of(told.node(), silent.of(told.node(), WALLET)),
                                        Set.of(),
                                        NOW)
                                .order())
                .allSatisfy(pick -> assertThat(pick.stake()).isEmpty());
    }
}
