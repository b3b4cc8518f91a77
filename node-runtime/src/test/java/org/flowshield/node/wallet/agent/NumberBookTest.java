package org.flowshield.node.wallet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.RefusedException;
import org.junit.jupiter.api.Test;

final class NumberBookTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final EvmAddress ANN = address(1);
    private static final EvmAddress BOB = address(2);
    private static final long LATER = NumberBook.TAKEN_FOR.toNanos() + 1;

    private final NumberBook book = new NumberBook();

    @Test
    void two_who_ask_at_once_get_two_numbers() throws Exception {
        assertThat(book.take(CHAIN, ANN, 7, 0)).isEqualTo(7);
        assertThat(book.take(CHAIN, ANN, 7, 0)).isEqualTo(8);
    }

    @Test
    void accounts_and_chains_are_counted_apart() throws Exception {
        assertThat(book.take(CHAIN, ANN, 7, 0)).isEqualTo(7);
        assertThat(book.take(CHAIN, BOB, 7, 0)).isEqualTo(7);
        assertThat(book.take(new ChainId(1), ANN, 7, 0)).isEqualTo(7);
    }

    @Test
    void what_is_given_back_is_given_again_before_others_wait_for_it() throws Exception {
        assertThat(book.take(CHAIN, ANN, 7, 0)).isEqualTo(7);
        assertThat(book.take(CHAIN, ANN, 7, 0)).isEqualTo(8);
        book.giveBack(CHAIN, ANN, 7);
        assertThat(book.take(CHAIN, ANN, 7, 0)).isEqualTo(7);
        assertThat(book.take(CHAIN, ANN, 7, 0)).isEqualTo(9);
    }

    @Test
    void what_the_chain_knows_is_not_kept() throws Exception {
        assertThat(book.take(CHAIN, ANN, 7, 0)).isEqualTo(7);
        assertThat(book.take(CHAIN, ANN, 20, 0)).isEqualTo(20);
    }

    @Test
    void a_number_that_never_reached_the_chain_is_free_again_after_a_while() throws Exception {
        assertThat(book.take(CHAIN, ANN, 7, 0)).isEqualTo(7);
        assertThat(book.take(CHAIN, ANN, 7, LATER)).isEqualTo(7);
    }

    @Test
    void no_more_wait_than_nodes_keep() throws Exception {
        for (int i = 0; i < NumberBook.MAX_WAITING; i++) {
            assertThat(book.take(CHAIN, ANN, 0, 0)).isEqualTo(i);
        }
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> book.take(CHAIN, ANN, 0, 0))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("too_many_waiting"));
        assertThat(book.take(CHAIN, ANN, 1, 0)).isEqualTo(NumberBook.MAX_WAITING);
    }

    @Test
    void it_does_not_grow_without_bound() throws Exception {
        for (int i = 0; i < NumberBook.MAX_LINES; i++) {
            assertThat(book.take(new ChainId(1 + i), ANN, 0, 0)).isZero();
        }
        ChainId another = new ChainId(1 + NumberBook.MAX_LINES);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> book.take(another, ANN, 0, 0));
        assertThat(book.take(another, ANN, 0, LATER)).isZero();
    }

    private static EvmAddress address(int last) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[EvmAddress.LENGTH - 1] = (byte) last;
        return new EvmAddress(bytes);
    }
}
