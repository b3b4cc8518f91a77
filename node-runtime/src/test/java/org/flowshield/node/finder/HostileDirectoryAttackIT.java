package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderState;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A fullnode lies to a client that asks it and an honest one.
 *
 * <ol>
 *   <li>An honest fullnode tells of two providers, and by which signs they live.
 *   <li>A hostile one tells forged offers, ones that are over, ones of another network and older
 *       ones of the same providers, that a dead one lives, and hides the other.
 *   <li>The client finds what it would find without the hostile one, and does not ask it again.
 * </ol>
 */
@Timeout(300)
final class HostileDirectoryAttackIT {

    private final LoopbackMarket market = new LoopbackMarket();

    HostileDirectoryAttackIT() throws Exception {}

    @AfterEach
    void close() {
        market.close();
    }

    private record Seen(String peer, String price, ProviderState state, double score) {

        static List<Seen> of(FoundProviders found) {
            return found.providers().stream().map(Seen::of).toList();
        }

        /** Signs of life grow older between two looks, which moves a score by a little. */
        private static Seen of(FoundProvider one) {
            return new Seen(
                    one.peerId(),
                    one.pricePerGib().decimal(),
                    one.state(),
                    Math.round(one.score() * 100) / 100.0);
        }
    }

    @Test
    void a_lying_fullnode_changes_nothing() throws Exception {
        Instant now = market.clock.instant().truncatedTo(ChronoUnit.SECONDS);
        LoopbackMarket.Running live = market.provider(market.told("0.05", Parties.address(1)));
        LoopbackMarket.Running hidden = market.provider(market.told("0.04", Parties.address(2)));
        Told gone = market.told("0.03", Parties.address(3));
        market.bind(gone);

        LoopbackMarket.Fullnode honest = market.fullnode();
        Told telling = live.told.get();
        honest.tell(telling.listing().encoded(), telling.beat(9, now).encoded());
        honest.tell(hidden.listing().encoded(), hidden.told.get().beat(9, now).encoded());
        honest.tell(
                gone.listing().encoded(),
                gone.beat(9, now.minus(Duration.ofMinutes(30))).encoded());

        LoopbackMarket.Fullnode hostile = market.fullnode();
        byte[] forged = telling.sequence(9).price("0.001").listing().encoded();
        forged[forged.length / 3] ^= 1;
        hostile.tell(forged, new byte[0]);
        hostile.tell(telling.sequence(2).price("0.9").listing());
        hostile.tell(telling.sequence(8).until(now.minusSeconds(5)).listing());
        hostile.tell(
                market.told("0.001", Parties.address(1))
                        .in(new ChannelDomain(new ChainId(5), Parties.DOMAIN.contract()))
                        .listing());
        hostile.tell(market.told("0.001", Parties.address(1)).listing()); // a wallet's, it says
        hostile.tell(
                gone.listing().encoded(),
                gone.beat(8, now.minus(Duration.ofMinutes(40))).encoded());

        FoundProviders alone = market.finder(honest.running.address()).find(ProviderQuery.ANY);
        int before = hostile.asked.get();
        Finder finder = market.finder(hostile.running.address(), honest.running.address());
        FoundProviders found = finder.find(ProviderQuery.ANY);
        assertThat(hostile.asked.get()).as("it was asked").isGreaterThan(before);
        assertThat(Seen.of(found)).isEqualTo(Seen.of(alone)).hasSize(3);
        assertThat(found.providers())
                .filteredOn(one -> one.peerId().equals(gone.peer().toString()))
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(ProviderState.OFFLINE));

        int asked = hostile.asked.get();
        int askedHonest = honest.asked.get();
        market.skip(ProviderSearch.FRESH.plusSeconds(1));
        FoundProviders again = finder.find(ProviderQuery.ANY);
        assertThat(again.providers()).hasSize(3);
        assertThat(honest.asked.get()).isGreaterThan(askedHonest);
        assertThat(hostile.asked.get()).as("nobody asks a liar again").isEqualTo(asked);
    }

    @Test
    void one_that_hides_everything_hides_nothing() throws Exception {
        LoopbackMarket.Running provider = market.provider(market.told("0.05", Parties.address(1)));
        market.announce(provider);
        LoopbackMarket.Fullnode silent = market.fullnode();
        FoundProviders found = market.finder(silent.running.address()).find(ProviderQuery.ANY);
        assertThat(found.directories()).isEqualTo(1);
        assertThat(found.providers())
                .extracting(FoundProvider::peerId)
                .containsExactly(provider.peer().toString());
    }
}
