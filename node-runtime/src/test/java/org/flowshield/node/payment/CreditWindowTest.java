package org.flowshield.node.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class CreditWindowTest {

    private static final CreditWindow FIRST =
            CreditWindow.first(CreditWindow.FIRST, CreditWindow.MOST, true);

    @Test
    void begins_small_and_doubles_with_each_half_that_was_paid() {
        CreditWindow window = FIRST;
        for (long size = CreditWindow.FIRST; size <= CreditWindow.MOST; size *= 2) {
            assertThat(window.bytes()).isEqualTo(size);
            window = window.after(window.half());
        }

        assertThat(window.bytes()).isEqualTo(CreditWindow.MOST);
    }

    @Test
    void small_change_adds_up() {
        CreditWindow window = FIRST;
        for (int i = 0; i < 127; i++) {
            window = window.after(1024);
        }
        assertThat(window.bytes()).isEqualTo(CreditWindow.FIRST);

        assertThat(window.after(1024).bytes()).isEqualTo(2 * CreditWindow.FIRST);
    }

    @Test
    void a_great_payment_doubles_it_once() {
        assertThat(FIRST.after(1L << 30).bytes()).isEqualTo(2 * CreditWindow.FIRST);
    }

    @Test
    void an_offer_bounds_it() {
        CreditWindow window = CreditWindow.first(CreditWindow.FIRST, 600_000, true);
        for (int i = 0; i < 5; i++) {
            window = window.after(1L << 20);
        }

        assertThat(window.bytes()).isEqualTo(600_000);
    }

    @Test
    void an_unconfirmed_channel_gets_a_mebibyte_at_the_most() {
        CreditWindow window = CreditWindow.first(CreditWindow.FIRST, CreditWindow.MOST, false);
        for (int i = 0; i < 20; i++) {
            window = window.after(1L << 30);
        }

        assertThat(window.bytes()).isEqualTo(CreditWindow.UNCONFIRMED);
        assertThat(window.confirmed(true).after(1L << 30).bytes())
                .isBetween(2 * CreditWindow.UNCONFIRMED, 4 * CreditWindow.UNCONFIRMED);
    }

    @Test
    void never_trusts_with_more_than_about_four_times_of_what_was_paid() {
        Random random = new Random(7);
        for (int run = 0; run < 100; run++) {
            CreditWindow window = FIRST;
            long paid = 0;
            for (int i = 0; i < 200; i++) {
                long more = random.nextInt(1 << random.nextInt(20));
                window = window.after(more);
                paid += more;
                assertThat(window.bytes()).isLessThanOrEqualTo(CreditWindow.FIRST + 4 * paid);
            }
        }
    }

    @Test
    void a_later_session_begins_with_what_the_payments_before_have_earned() {
        CreditWindow window = FIRST;
        long paid = 0;
        while (window.bytes() < CreditWindow.MOST) {
            assertThat(earned(paid)).isEqualTo(window.bytes());
            assertThat(earned(paid + window.half() - 1)).isEqualTo(window.bytes());
            paid += window.half();
            window = window.after(window.half());
        }

        assertThat(earned(paid)).isEqualTo(CreditWindow.MOST);
        assertThat(earned(Long.MAX_VALUE)).isEqualTo(CreditWindow.MOST);
        assertThat(
                        CreditWindow.earned(
                                        CreditWindow.FIRST,
                                        CreditWindow.MOST,
                                        Long.MAX_VALUE,
                                        false)
                                .bytes())
                .isEqualTo(CreditWindow.UNCONFIRMED);
    }

    private static long earned(long before) {
        return CreditWindow.earned(CreditWindow.FIRST, CreditWindow.MOST, before, true).bytes();
    }

    @Test
    void is_never_smaller_than_what_a_stranger_gets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreditWindow.first(1000, CreditWindow.MOST, true));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> CreditWindow.first(CreditWindow.FIRST, 2 * CreditWindow.MOST, true));
        assertThatIllegalArgumentException().isThrownBy(() -> FIRST.after(-1));
    }
}
