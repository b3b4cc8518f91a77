package org.flowshield.node.advertise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.swarm.SomeSwarm;
import org.junit.jupiter.api.Test;

final class TellingTest {

    private static final Bytes32 OFFER = Keccak256.hash("an offer");
    private static final List<Multiaddr> HERE =
            List.of(SomeSwarm.address("/ip4/203.0.113.7/tcp/4001"));
    private static final Optional<Telling> HEARD =
            Optional.of(new Telling(OFFER, HERE, true, 1_000));
    private static final Optional<Telling> IN_VAIN =
            Optional.of(new Telling(OFFER, HERE, false, 1_000));

    @Test
    void what_is_new_is_told_at_once_whether_anybody_hears_or_not() {
        List<Multiaddr> there = List.of(SomeSwarm.address("/ip4/203.0.113.8/tcp/4001"));
        assertThat(Telling.isDue(Optional.empty(), OFFER, HERE, false, 1_001)).isTrue();
        assertThat(Telling.isDue(HEARD, Keccak256.hash("another"), HERE, false, 1_001)).isTrue();
        assertThat(Telling.isDue(HEARD, OFFER, there, false, 1_001)).isTrue();
    }

    @Test
    void what_was_heard_is_told_again_after_some_minutes() {
        long again = 1_000 + Telling.AGAIN.toNanos();
        assertThat(Telling.isDue(HEARD, OFFER, HERE, true, again - 1)).isFalse();
        assertThat(Telling.isDue(HEARD, OFFER, HERE, true, again)).isTrue();
        assertThat(Telling.isDue(HEARD, OFFER, HERE, false, again)).isFalse();
    }

    @Test
    void what_was_told_in_vain_is_told_as_soon_as_somebody_is_there() {
        assertThat(Telling.isDue(IN_VAIN, OFFER, HERE, false, 1_001)).isFalse();
        assertThat(Telling.isDue(IN_VAIN, OFFER, HERE, true, 1_001)).isTrue();
    }

    @Test
    void a_node_with_more_addresses_than_anybody_tries_tells_of_the_first() {
        List<Multiaddr> many = Collections.nCopies(100, HERE.getFirst());
        assertThat(Telling.listed(many)).hasSize(SignedListing.MAX_ADDRESSES);
    }
}
