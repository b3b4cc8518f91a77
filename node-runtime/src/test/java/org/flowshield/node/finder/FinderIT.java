package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSort;
import org.flowshield.node.api.market.ProviderSource;
import org.flowshield.node.api.market.ProviderState;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.role.Choosing.Choice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client in a market of real nodes. */
@Timeout(300)
final class FinderIT {

    private static final ConnectRequest BEST = ConnectRequest.best(null, 1, null);

    private final LoopbackMarket market = new LoopbackMarket();

    FinderIT() throws Exception {}

    @AfterEach
    void close() {
        market.close();
    }

    private static List<String> peers(FoundProviders found) {
        return found.providers().stream().map(FoundProvider::peerId).toList();
    }

    private static Choice choose(Finder finder, ConnectRequest request) throws Exception {
        return finder.choose(request, Optional.of(Parties.flow("1")));
    }

    @Test
    void the_right_one_is_chosen_and_each_reason_against_another_is_said() throws Exception {
        LoopbackMarket.Fullnode fullnode = market.fullnode();
        LoopbackMarket.Running right = market.provider(market.told("0.05", Parties.address(1)));
        LoopbackMarket.Running dead = market.provider(market.told("0.01", Parties.address(2)));
        dead.close();
        Told lying =
                market.told("0.02", Parties.address(3)).at(right.told.get().addresses().getFirst());
        market.bind(lying);
        Told stranger = market.told("0.001", Parties.address(4));
        fullnode.tell(right.listing());
        fullnode.tell(dead.listing());
        fullnode.tell(lying.listing());
        fullnode.tell(stranger.at(right.address().withoutPeer()).listing());

        Finder finder = market.finder(fullnode.running.address());
        FoundProviders found = finder.find(ProviderQuery.ANY);
        assertThat(peers(found))
                .containsExactlyInAnyOrder(
                        right.peer().toString(), dead.peer().toString(), lying.peer().toString());
        assertThat(found.refused())
                .extracting(FailedProvider::problem)
                .extracting("code")
                .containsExactly("identity_unbound");

        Choice choice = choose(finder, BEST);
        assertThat(choice.providers().getFirst().getFirst()).isEqualTo(right.address());
        assertThat(choice.providers()).as("nobody else can be gone to").hasSize(1);
        assertThat(choice.refused())
                .extracting(one -> one.problem().code())
                .containsExactlyInAnyOrder("identity_unbound", "unreachable", "wrong_peer");
        assertThat(finder.isOfTheMarket(right.peer())).isTrue();
    }

    @Test
    void without_any_fullnode_providers_are_found_and_chosen() throws Exception {
        LoopbackMarket.Running dutch = market.provider(market.told("0.05", Parties.address(1)));
        LoopbackMarket.Running german =
                market.provider(market.told("0.02", Parties.address(2)).country("DE"));
        market.announce(dutch);
        market.announce(german);
        Finder finder = market.finder(market.bootstrap());
        FoundProviders found =
                finder.find(new ProviderQuery(null, null, 0, ProviderSort.PRICE, 10));
        assertThat(peers(found)).containsExactly(german.peer().toString(), dutch.peer().toString());
        assertThat(found.directories()).isZero();
        assertThat(found.problem()).isNull();
        assertThat(found.providers())
                .allSatisfy(
                        one -> {
                            assertThat(one.source()).isEqualTo(ProviderSource.DHT);
                            assertThat(one.state()).isEqualTo(ProviderState.ONLINE);
                            assertThat(one.vouched()).isTrue();
                        });
        assertThat(peers(finder.find(new ProviderQuery("NL", null, 0, ProviderSort.PRICE, 10))))
                .containsExactly(dutch.peer().toString());
        Choice choice = choose(finder, ConnectRequest.best("NL", 1, null));
        assertThat(choice.providers()).containsExactly(List.of(dutch.address()));
        assertThat(choose(finder, new ConnectRequest(german.peer().toString(), 1)).providers())
                .containsExactly(List.of(german.address()));
    }

    @Test
    void with_all_fullnodes_killed_providers_are_found_and_chosen() throws Exception {
        LoopbackMarket.Fullnode fullnode = market.fullnode();
        LoopbackMarket.Running provider = market.provider(market.told("0.05", Parties.address(1)));
        market.announce(provider);
        fullnode.tell(provider.listing());
        Multiaddr gone = fullnode.running.address();
        Finder warm = market.finder(gone, market.bootstrap());
        assertThat(warm.find(ProviderQuery.ANY).directories()).isEqualTo(1);
        fullnode.running.close();
        market.skip(ProviderSearch.FRESH.plusSeconds(1));
        for (Finder finder : List.of(warm, market.finder(gone, market.bootstrap()))) {
            FoundProviders found = finder.find(ProviderQuery.ANY);
            assertThat(found.directories()).isZero();
            assertThat(found.problem()).isNull();
            assertThat(peers(found)).containsExactly(provider.peer().toString());
            assertThat(choose(finder, BEST).providers())
                    .containsExactly(List.of(provider.address()));
        }
    }

    @Test
    void a_clock_that_is_wrong_by_a_day_is_said_to_be_why_nobody_is_found() throws Exception {
        LoopbackMarket.Fullnode fullnode = market.fullnode();
        for (int wallet = 1; wallet <= 2; wallet++) {
            Told told = market.told("0.05", Parties.address(wallet));
            market.bind(told);
            fullnode.tell(
                    told.listing().encoded(), told.beat(wallet, market.clock.instant()).encoded());
        }
        Multiaddr at = fullnode.running.address();
        assertThat(market.finder(at).find(ProviderQuery.ANY).providers()).hasSize(2);

        market.skip(Duration.ofDays(1));
        assertClockWrong(market.finder(at), "24 h ahead of");
        market.skip(Duration.ofDays(-2));
        assertClockWrong(market.finder(at), "24 h behind");
    }

    private static void assertClockWrong(Finder finder, String how) throws Exception {
        FoundProviders found = finder.find(ProviderQuery.ANY);
        assertThat(found.providers()).isEmpty();
        Problem problem = Objects.requireNonNull(found.problem());
        assertThat(problem.code()).isEqualTo("clock_wrong");
        assertThat(problem.message()).contains(how);
        assertThatThrownBy(() -> choose(finder, BEST))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("clock_wrong"));
    }

    @Test
    void a_restarted_client_needs_nobody_that_it_was_told_of(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("found.nodes");
        LoopbackMarket.Fullnode fullnode = market.fullnode();
        LoopbackMarket.Running provider = market.provider(market.told("0.05", Parties.address(1)));
        market.announce(provider);
        fullnode.tell(provider.listing());
        Multiaddr only = fullnode.running.address();
        Finder before = market.finder(file, only);
        do {
            market.skip(ProviderSearch.FRESH.plusSeconds(1));
            assertThat(before.find(ProviderQuery.ANY).providers()).hasSize(1);
        } while (!Files.readString(file).contains(provider.peer().toString()));
        fullnode.running.close();
        market.closeFirst();

        for (Multiaddr[] begin : List.of(new Multiaddr[] {only}, new Multiaddr[0])) {
            FoundProviders found = market.finder(file, begin).find(ProviderQuery.ANY);
            assertThat(found.directories()).isZero();
            assertThat(found.problem()).isNull();
            assertThat(peers(found)).containsExactly(provider.peer().toString());
        }
        assertThat(choose(market.finder(file, only), BEST).providers())
                .containsExactly(List.of(provider.address()));
        assertThatThrownBy(() -> market.finder(only).find(ProviderQuery.ANY))
                .as("who has found nobody before finds nobody now")
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("market_unreachable"));
    }

    @Test
    void a_provider_to_begin_with_is_found_although_nobody_keeps_what_it_announces()
            throws Exception {
        LoopbackMarket.Running provider = market.provider(market.told("0.05", Parties.address(1)));
        market.closeFirst();
        Finder finder = market.finder(provider.address());
        assertThat(peers(finder.find(ProviderQuery.ANY)))
                .containsExactly(provider.peer().toString());
        assertThat(choose(finder, BEST).providers()).containsExactly(List.of(provider.address()));
    }

    @Test
    void one_that_nobody_announces_is_found_by_its_id() throws Exception {
        LoopbackMarket.Running hidden = market.provider(market.told("0.05", Parties.address(1)));
        Finder finder = market.finder(market.bootstrap());
        assertThat(choose(finder, new ConnectRequest(hidden.peer().toString(), 1)).providers())
                .containsExactly(List.of(hidden.address()));
        assertThatThrownBy(
                        () ->
                                finder.choose(
                                        new ConnectRequest(hidden.peer().toString(), 1),
                                        Optional.of(Parties.flow("0.01"))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("price_too_high"));
    }

    @Test
    void one_that_does_not_show_the_wallet_that_is_paid_is_not_gone_to() throws Exception {
        LoopbackMarket.Fullnode fullnode = market.fullnode();
        Told silent = market.told("0.01", Parties.address(1));
        market.bind(silent);
        fullnode.tell(market.silent(silent).listing());
        Told other = market.told("0.02", Parties.address(2));
        Told impostor = other;
        market.bind(
                new Told(
                        impostor.key(),
                        Parties.address(7),
                        impostor.network(),
                        impostor.price(),
                        impostor.megabits(),
                        impostor.country(),
                        impostor.until(),
                        impostor.sequence(),
                        impostor.addresses()));
        fullnode.tell(market.provider(impostor, Parties.address(7)).listing());
        Finder finder = market.finder(fullnode.running.address());
        assertThatThrownBy(() -> choose(finder, BEST))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> {
                            assertThat(e.problem().code()).isEqualTo("no_provider_answers");
                            assertThat(e.problem().message())
                                    .contains("does not say who it is")
                                    .contains("asks for money for");
                        });
    }

    @Test
    void one_that_asks_for_more_than_its_listing_is_not_gone_to() throws Exception {
        LoopbackMarket.Fullnode fullnode = market.fullnode();
        LoopbackMarket.Running bait = market.provider(market.told("0.01", Parties.address(1)));
        LoopbackMarket.Running honest = market.provider(market.told("0.05", Parties.address(2)));
        fullnode.tell(bait.listing());
        fullnode.tell(honest.listing());
        bait.told.set(bait.told.get().price("0.9"));
        Choice choice = choose(market.finder(fullnode.running.address()), BEST);
        assertThat(choice.providers()).containsExactly(List.of(honest.address()));
        assertThat(choice.refused())
                .extracting(one -> one.problem().code())
                .containsExactly("not_as_listed");
    }

    @Test
    void nobody_is_chosen_whose_price_nobody_has_agreed_to() throws Exception {
        Finder finder = market.finder(market.bootstrap());
        assertThatThrownBy(() -> finder.choose(BEST, Optional.empty()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("payment_required"));
    }

    @Test
    void what_was_found_serves_when_nobody_answers_any_more() throws Exception {
        LoopbackMarket.Fullnode fullnode = market.fullnode();
        LoopbackMarket.Running provider = market.provider(market.told("0.05", Parties.address(1)));
        fullnode.tell(provider.listing());
        Finder finder = market.finder(fullnode.running.address());
        assertThat(finder.find(ProviderQuery.ANY).providers()).hasSize(1);
        fullnode.running.close();
        provider.close();
        market.closeFirst();
        market.skip(Duration.ofMinutes(2));
        FoundProviders found = finder.find(ProviderQuery.ANY);
        assertThat(peers(found)).containsExactly(provider.peer().toString());
        assertThat(found.problem())
                .isNotNull()
                .extracting(Problem::code)
                .isEqualTo("market_unreachable");
    }

    @Test
    void nobody_to_begin_with_is_said_so() {
        Finder lost = market.finder();
        assertThatThrownBy(() -> lost.find(ProviderQuery.ANY))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("no_bootstrap"));
        Multiaddr nobody =
                Told.at("/ip4/127.0.0.1/tcp/1")
                        .withPeer(market.told("1", Parties.address(1)).peer());
        Finder alone = market.finder(nobody);
        assertThatThrownBy(() -> alone.find(ProviderQuery.ANY))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("market_unreachable"));
    }
}
