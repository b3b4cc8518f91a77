package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.finder.Told.NOW;

import java.time.Duration;
import java.util.Optional;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.node.api.market.ProviderSource;
import org.flowshield.node.finder.Shelf.Outcome;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.Test;

/** Of each provider the newest that it has signed, whoever passed it on. */
final class ShelfTest {

    private final Shelf shelf = new Shelf(Parties.DOMAIN, AddressPolicy.INTERNET, 3);
    private final Told told = Told.by(Parties.address(1));

    private Outcome put(Told one) {
        return put(one.listing());
    }

    private Outcome put(SignedListing listing) {
        return shelf.put(listing, ProviderSource.DIRECTORY, NOW);
    }

    private Shelf.Item item() {
        return shelf.of(told.peer(), NOW).orElseThrow();
    }

    @Test
    void the_newest_wins_and_what_is_said_again_changes_nothing() {
        assertThat(put(told)).isEqualTo(Outcome.TAKEN);
        SignedListing newer = told.sequence(6).price("0.01").listing();
        assertThat(put(newer)).isEqualTo(Outcome.TAKEN);
        assertThat(put(newer)).isEqualTo(Outcome.KNOWN);
        assertThat(put(told)).isEqualTo(Outcome.OLDER);
        assertThat(item().listing().offer().price().perGiB()).isEqualTo(Parties.flow("0.01"));
        assertThat(shelf.size()).isEqualTo(1);
    }

    @Test
    void what_is_over_or_of_another_network_is_left_out() {
        assertThat(put(told.until(NOW))).isEqualTo(Outcome.EXPIRED);
        assertThat(put(told.until(NOW.plus(Duration.ofDays(2))))).isEqualTo(Outcome.TOO_LONG);
        ChannelDomain chain = new ChannelDomain(new ChainId(1), Parties.DOMAIN.contract());
        assertThat(put(told.in(chain))).isEqualTo(Outcome.OTHER_NETWORK);
        ChannelDomain contract = new ChannelDomain(Parties.DOMAIN.chain(), Parties.address(8));
        assertThat(put(told.in(contract))).isEqualTo(Outcome.OTHER_NETWORK);
        assertThat(shelf.size()).isZero();
    }

    @Test
    void a_strangers_word_leads_neither_inside_nor_to_names() {
        for (String where :
                new String[] {
                    "/ip4/10.0.0.1/tcp/80",
                    "/ip4/127.0.0.1/tcp/80",
                    "/ip4/169.254.169.254/tcp/80",
                    "/ip6/fd00::1/tcp/80",
                    "/ip6/::1/tcp/80",
                    "/dns/metadata.internal/tcp/80"
                }) {
            assertThat(put(told.at(Told.at(where)))).as(where).isEqualTo(Outcome.NOWHERE);
        }
        assertThat(put(told.at(Told.at("/ip4/10.0.0.1/tcp/80"), Told.at("/ip4/203.0.113.9/tcp/1"))))
                .isEqualTo(Outcome.TAKEN);
        assertThat(item().addresses())
                .containsExactly(Told.at("/ip4/203.0.113.9/tcp/1").withPeer(told.peer()));
    }

    @Test
    void a_network_of_ones_own_has_private_addresses() {
        Shelf local = new Shelf(Parties.DOMAIN, AddressPolicy.ANY);
        assertThat(
                        local.put(
                                told.at(Told.at("/ip4/10.0.0.1/tcp/80")).listing(),
                                ProviderSource.DHT,
                                NOW))
                .isEqualTo(Outcome.TAKEN);
    }

    @Test
    void an_offer_that_ends_is_forgotten() {
        put(told);
        assertThat(shelf.items(NOW.plus(Duration.ofHours(23)))).hasSize(1);
        assertThat(shelf.of(told.peer(), NOW.plus(Duration.ofHours(24)))).isEmpty();
        assertThat(shelf.items(NOW.plus(Duration.ofHours(24)))).isEmpty();
        assertThat(shelf.size()).isZero();
    }

    @Test
    void it_is_bounded_and_who_was_not_spoken_of_for_longest_goes() {
        put(told);
        put(Told.by(Parties.address(2)));
        put(Told.by(Parties.address(3)));
        put(told);
        put(Told.by(Parties.address(4)));
        assertThat(shelf.size()).isEqualTo(3);
        assertThat(shelf.of(told.peer(), NOW)).isPresent();
    }

    @Test
    void a_sign_of_life_counts_by_what_the_provider_has_signed() {
        put(told);
        assertThat(item().liveness(NOW)).isEmpty();
        assertThat(shelf.hear(told.beat(2, NOW.minusSeconds(600)), NOW, NOW)).isTrue();
        assertThat(item().heardAt())
                .as("whoever passes it on can make it no younger than clocks may differ")
                .contains(NOW.minusSeconds(570));
        assertThat(item().liveness(NOW)).containsInstanceOf(Liveness.Stale.class);
        assertThat(shelf.hear(told.beat(1, NOW), NOW, NOW)).as("an older one").isFalse();
        assertThat(shelf.hear(told.beat(3, NOW.plusSeconds(31)), NOW, NOW))
                .as("of the future")
                .isFalse();
        assertThat(shelf.hear(Told.by(Parties.address(2)).beat(1, NOW), NOW, NOW))
                .as("of a stranger")
                .isFalse();
        assertThat(shelf.hear(told.beat(4, NOW.minusSeconds(2)), NOW.minusSeconds(1), NOW))
                .isTrue();
        assertThat(item().liveness(NOW))
                .isEqualTo(Optional.of(new Liveness.Online(NOW.minusSeconds(1))));
    }

    @Test
    void what_we_have_heard_ourselves_is_not_made_older_by_others() {
        put(told);
        shelf.answered(told.node(), NOW);
        assertThat(shelf.hear(told.beat(1, NOW.minusSeconds(300)), NOW.minusSeconds(300), NOW))
                .isTrue();
        assertThat(item().heardAt()).contains(NOW);
    }
}
