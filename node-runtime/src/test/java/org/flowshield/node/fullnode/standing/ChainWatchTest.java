package org.flowshield.node.fullnode.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.market.SomeMarket;
import org.junit.jupiter.api.Test;

final class ChainWatchTest {

    private static final EvmAddress WALLET = SomeMarket.wallet(7);

    private final SomeChain chain = new SomeChain();
    private final ChainWatch watch = chain.watch(3);

    @Test
    void who_begins_looks_at_everybody_and_then_only_at_whom_something_was_said_of()
            throws Exception {
        assertThat(watch.step().all()).isTrue();
        chain.head++;
        assertThat(watch.step()).isEqualTo(new ChainWatch.Heard(java.util.Set.of(), false));
        chain.exit(WALLET);
        chain.head++;
        assertThat(watch.step().wallets()).containsExactly(WALLET);
    }

    @Test
    void bad_news_count_at_once_and_are_looked_at_again_until_they_are_confirmed()
            throws Exception {
        watch.step();
        chain.head++;
        chain.exit(WALLET);
        assertThat(watch.step().wallets()).containsExactly(WALLET);
        // A reorganisation takes it back: that is seen, too.
        chain.providers.clear();
        for (int i = 0; i < 4; i++) {
            chain.head++;
            assertThat(watch.step().wallets()).as("block " + i).containsExactly(WALLET);
        }
        chain.head++;
        assertThat(watch.step().wallets()).isEmpty();
    }

    @Test
    void what_a_reorganisation_puts_into_an_earlier_block_is_heard() throws Exception {
        watch.step();
        chain.head += 2;
        watch.step();
        long before = chain.head;
        chain.head--;
        chain.revoke(WALLET, SomeMarket.provider(7).node());
        chain.head = before + 1;
        assertThat(watch.step().wallets()).containsExactly(WALLET);
    }

    @Test
    void a_chain_that_does_not_answer_loses_nothing() throws Exception {
        watch.step();
        chain.head++;
        chain.exit(WALLET);
        chain.head++;
        chain.down = true;
        assertThatThrownBy(watch::step).isInstanceOf(RpcException.class);
        chain.down = false;
        assertThat(watch.step().wallets()).containsExactly(WALLET);
    }

    @Test
    void who_was_away_for_long_looks_at_everybody() throws Exception {
        watch.step();
        chain.head += ChainWatch.FURTHEST + 2;
        assertThat(watch.step().all()).isTrue();
    }

    @Test
    void strangers_who_are_refused_push_nobody_out_who_is_vouched_for() throws Exception {
        ChainStandings standings = chain.standings(() -> SomeMarket.NOW);
        NodeId vouched = new NodeId(WALLET, SomeMarket.provider(7).node());
        NodeId firstRefused = new NodeId(SomeMarket.wallet(1_000), vouched.key());
        for (int number = 0; number <= ChainStandings.MOST_REFUSED; number++) {
            chain.inactive.add(SomeMarket.wallet(1_000 + number));
        }
        assertThat(standings.of(vouched)).isInstanceOf(Vouched.Yes.class);
        for (int number = 0; number <= ChainStandings.MOST_REFUSED; number++) {
            NodeId each = new NodeId(SomeMarket.wallet(1_000 + number), vouched.key());
            assertThat(standings.of(each)).isInstanceOf(Vouched.No.class);
        }
        int askedBefore = chain.asked;
        assertThat(standings.of(vouched)).isInstanceOf(Vouched.Yes.class);
        assertThat(chain.asked).isEqualTo(askedBefore);
        assertThat(standings.of(firstRefused)).isInstanceOf(Vouched.No.class);
        assertThat(chain.asked).isEqualTo(askedBefore + 1);
    }

    @Test
    void a_standing_is_remembered_until_the_chain_says_otherwise() throws Exception {
        ChainStandings standings = chain.standings(() -> SomeMarket.NOW);
        NodeId node = new NodeId(WALLET, SomeMarket.provider(7).node());
        assertThat(standings.of(node)).isInstanceOf(Vouched.Yes.class);
        assertThat(standings.of(node)).isInstanceOf(Vouched.Yes.class);
        assertThat(chain.asked).isEqualTo(1);
        chain.revoke(WALLET, node.key());
        standings.forget(node);
        assertThat(standings.of(node)).isEqualTo(new Vouched.No(Vouched.Why.REVOKED));
        NodeId other = new NodeId(SomeMarket.wallet(8), node.key());
        chain.inactive.add(other.wallet());
        assertThat(standings.of(other)).isEqualTo(new Vouched.No(Vouched.Why.INACTIVE));
    }
}
