package org.flowshield.node.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.flowshield.contracts.evm.TokenAmount;
import org.junit.jupiter.api.Test;

final class ExchangeTest {

    private static final long MOST = CreditWindow.MOST;
    private static final CreditWindow FULL = CreditWindow.first(MOST, MOST, true);
    private static final TokenAmount AMOUNT = Parties.flow("1");

    private static Exchange after(Exchange before, long passed) {
        return before.begin(1000, AMOUNT).heard(AMOUNT, 1000 + passed);
    }

    @Test
    void signs_at_a_quarter_before_anything_was_measured() {
        assertThat(Exchange.FIRST.due(FULL)).isEqualTo(MOST / 4);
        assertThat(Exchange.FIRST.begin(5, AMOUNT).due(FULL)).isEqualTo(MOST / 4);
    }

    @Test
    void signs_later_when_little_passes_during_an_exchange() {
        assertThat(after(Exchange.FIRST, MOST / 100).due(FULL)).isEqualTo(MOST / 4 * 3);
        assertThat(after(Exchange.FIRST, MOST / 4).due(FULL)).isEqualTo(MOST / 2);
        assertThat(after(Exchange.FIRST, MOST / 2).due(FULL)).isEqualTo(MOST / 4);
    }

    @Test
    void leaves_room_for_twice_what_passed_or_three_quarters() {
        Random random = new Random(11);
        Exchange exchange = Exchange.FIRST;
        for (int i = 0; i < 1000; i++) {
            long passed = random.nextLong(MOST);
            exchange = after(exchange, passed);
            assertThat(MOST - exchange.due(FULL))
                    .isGreaterThanOrEqualTo(Math.min(2 * passed, MOST / 4 * 3))
                    .isBetween(MOST / 4, MOST / 4 * 3);
        }
    }

    @Test
    void remembers_a_slow_exchange_for_a_while() {
        Exchange exchange = after(Exchange.FIRST, MOST / 2);
        exchange = after(exchange, 0);
        assertThat(exchange.due(FULL)).isLessThan(MOST / 3);
        for (int i = 0; i < 40; i++) {
            exchange = after(exchange, 0);
        }
        assertThat(exchange.due(FULL)).isEqualTo(MOST / 4 * 3);
    }

    @Test
    void a_window_that_grows_is_paid_by_quarters() {
        CreditWindow small = CreditWindow.first(CreditWindow.FIRST, MOST, true);
        CreditWindow unconfirmed = CreditWindow.first(MOST, MOST, false);

        assertThat(after(Exchange.FIRST, 1).due(small)).isEqualTo(CreditWindow.FIRST / 4);
        assertThat(after(Exchange.FIRST, 1).due(unconfirmed))
                .isEqualTo(CreditWindow.UNCONFIRMED / 4);
    }

    @Test
    void an_older_acknowledgement_is_not_the_answer() {
        Exchange waiting = Exchange.FIRST.begin(1000, AMOUNT);

        assertThat(waiting.heard(TokenAmount.ZERO, 2000)).isEqualTo(waiting);
        assertThat(waiting.begin(1500, Parties.flow("2")).heard(AMOUNT, 2000).passing())
                .isEqualTo(1000);
    }
}
