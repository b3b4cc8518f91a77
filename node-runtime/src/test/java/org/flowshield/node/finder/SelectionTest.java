package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.finder.Told.NOW;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.node.api.market.ProviderSource;
import org.flowshield.node.finder.backing.Backing.Backed;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.Test;

/** From what is known to the order in which it is gone to. */
final class SelectionTest {

    private static final TokenAmount STAKE = Parties.flow("1000");

    private final Shelf shelf = new Shelf(Parties.DOMAIN, AddressPolicy.INTERNET);
    private final Told cheap = Told.by(Parties.address(1)).price("0.01").megabits(50);
    private final Told fast = Told.by(Parties.address(2)).price("0.05").megabits(900);
    private final Told far = Told.by(Parties.address(3)).price("0.02").country("DE");

    SelectionTest() {
        Stream.of(cheap, fast, far)
                .forEach(told -> shelf.put(told.listing(), ProviderSource.DIRECTORY, NOW));
    }

    private static Query query(Query.Sort sort) {
        return new Query(Optional.empty(), Optional.empty(), 0, sort, Query.MOST, Optional.empty());
    }

    private List<NodeKey> order(Query query, Map<NodeKey, Backed> backed, Set<NodeKey> failed) {
        return Selection.of(shelf.items(NOW), query, backed, failed, NOW).order().stream()
                .map(Selection.Pick::node)
                .toList();
    }

    private List<NodeKey> order(Query query) {
        return order(query, Map.of(), Set.of());
    }

    @Test
    void those_that_do_not_fit_are_left_out() {
        assertThat(
                        order(
                                new Query(
                                        Optional.of(new Country("DE")),
                                        Optional.empty(),
                                        0,
                                        Query.Sort.QUALITY,
                                        10,
                                        Optional.empty())))
                .containsExactly(far.node());
        assertThat(
                        order(
                                new Query(
                                        Optional.empty(),
                                        Optional.of(Parties.flow("0.02")),
                                        100_000_000,
                                        Query.Sort.QUALITY,
                                        10,
                                        Optional.empty())))
                .containsExactly(far.node());
    }

    @Test
    void they_are_sorted_as_they_were_asked_for() {
        assertThat(order(query(Query.Sort.PRICE)))
                .containsExactly(cheap.node(), far.node(), fast.node());
        assertThat(order(query(Query.Sort.SPEED)))
                .containsExactly(fast.node(), far.node(), cheap.node());
    }

    @Test
    void the_best_is_there_and_its_reasons_are_said() {
        shelf.answered(fast.node(), NOW);
        Selection selection =
                Selection.of(
                        shelf.items(NOW),
                        query(Query.Sort.QUALITY),
                        Map.of(fast.node(), new Backed.Staked(STAKE)),
                        Set.of(),
                        NOW);
        Selection.Pick first = selection.order().getFirst();
        assertThat(first.node()).isEqualTo(fast.node());
        assertThat(first.stake()).contains(STAKE);
        assertThat(first.reasons().getFirst()).contains("online");
        assertThat(first.score()).isBetween(0.0, 1.0);
    }

    @Test
    void whom_the_chain_refuses_is_not_gone_to_and_who_failed_comes_last() {
        Backed refused = new Backed.Refused("not_staked", "no stake");
        assertThat(
                        order(
                                query(Query.Sort.PRICE),
                                Map.of(far.node(), refused),
                                Set.of(cheap.node())))
                .containsExactly(fast.node(), cheap.node());
    }

    @Test
    void nobody_is_an_order_too() {
        assertThat(Selection.of(List.of(), Query.ANY, Map.of(), Set.of(), NOW).order()).isEmpty();
    }
}
