package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.market.ProviderSource;
import org.flowshield.node.finder.backing.Backing.Backed;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.Test;

/**
 * A fullnode tells of more providers than a client ever asks the chain about: (1) each is signed as
 * it should be, cheaper than all others, and has no stake, (2) an honest fullnode tells of one that
 * has. The client finds that one, forgets the others and who told of them.
 */
final class UnbackedListingsTest {

    private static final EvmAddress STAKED = Parties.address(1);
    private static final EvmAddress POOR = Parties.address(2);

    private final Shelf shelf = new Shelf(Parties.DOMAIN, AddressPolicy.INTERNET);
    private final PeerId honest = Told.by(STAKED).peer();
    private final PeerId hostile = Told.by(STAKED).peer();
    private final List<PeerId> liars = new ArrayList<>();
    private final ChainCheck checking =
            new ChainCheck(
                    (_, payee) ->
                            payee.equals(STAKED)
                                    ? new Backed.Staked(Parties.flow("1000"))
                                    : new Backed.Refused("not_staked", "it has no stake"),
                    shelf,
                    (directory, _) -> liars.add(directory),
                    () -> Told.NOW);

    private void tell(Told told, PeerId directory) {
        assertThat(
                        shelf.put(
                                told.listing(),
                                ProviderSource.DIRECTORY,
                                Optional.of(directory),
                                Told.NOW))
                .isEqualTo(Shelf.Outcome.TAKEN);
    }

    private List<PeerId> found() throws InterruptedException {
        return checking.pick(Query.ANY, 12, Set.of()).order().stream()
                .map(Selection.Pick::peer)
                .toList();
    }

    @Test
    void the_one_with_stake_is_found_and_the_others_are_forgotten() throws Exception {
        for (int i = 0; i < 300; i++) {
            tell(Told.by(POOR).price("0.001"), hostile);
        }
        Told right = Told.by(STAKED).price("0.5");
        tell(right, honest);
        assertThat(found()).contains(right.peer());
        assertThat(shelf.size()).as("those that were checked are gone").isLessThan(150);
        assertThat(liars).containsExactly(hostile);
        assertThat(found()).containsExactly(right.peer());
        assertThat(shelf.size()).isEqualTo(1);
    }

    @Test
    void a_fullnode_that_is_late_with_some_is_no_liar() throws Exception {
        for (int i = 0; i < 9; i++) {
            tell(Told.by(STAKED), honest);
        }
        for (int i = 0; i < 8; i++) {
            tell(Told.by(POOR).price("0.001"), honest);
        }
        for (int i = 0; i < 7; i++) {
            tell(Told.by(POOR).price("0.001"), hostile);
        }
        assertThat(found()).hasSize(9);
        assertThat(liars).isEmpty();
        assertThat(shelf.size()).isEqualTo(9);
    }

    @Test
    void why_one_is_not_gone_to_is_told_for_as_long_as_nothing_is_looked_for_anew()
            throws Exception {
        tell(Told.by(POOR), honest);
        assertThat(checking.pick(Query.ANY, 12, Set.of()).refused()).hasSize(1);
        assertThat(checking.pick(Query.ANY, 12, Set.of()).refused()).hasSize(1);
    }
}
