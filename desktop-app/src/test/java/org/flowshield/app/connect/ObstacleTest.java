package org.flowshield.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.Samples;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.payment.Authorisation;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Quote;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ObstacleTest {

    private static final Quote PAID = Samples.quote(Samples.DUTCH, "0.5", "2");
    private static final TokenAmount ENOUGH = Samples.flow("30");

    @Test
    void enough_in_the_purse_and_a_wallet_that_allows_it_is_no_obstacle() {
        assertThat(of(Samples.payment("30"), PAID)).isNull();
    }

    @Test
    void what_is_free_needs_no_wallet() {
        Quote free = Samples.quote(Samples.DUTCH, null, "0");
        assertThat(of(Samples.payment(null, null, null), free)).isNull();
    }

    @Test
    void a_channel_that_is_there_needs_no_purse() {
        Quote open = Samples.quote(Samples.DUTCH, "0.5", "0");
        assertThat(of(Samples.payment(Samples.WALLET, TokenAmount.ZERO, null), open)).isNull();
    }

    @Test
    void each_thing_that_is_missing_is_named() {
        assertThat(of(Samples.payment(null, null, null), PAID)).isEqualTo(Obstacle.NO_WALLET);
        assertThat(of(Samples.payment(Samples.WALLET, ENOUGH, null), PAID))
                .isEqualTo(Obstacle.NOT_AUTHORISED);
        assertThat(of(authorised(Contexts.NOW, "0"), PAID))
                .isEqualTo(Obstacle.AUTHORISATION_EXPIRED);
        assertThat(of(authorised(Contexts.NOW.plus(Duration.ofDays(1)), "49"), PAID))
                .isEqualTo(Obstacle.AUTHORISATION_USED_UP);
        assertThat(of(Samples.payment("1.9"), PAID)).isEqualTo(Obstacle.PURSE_EMPTY);
    }

    @Test
    void what_the_chain_has_not_said_yet_is_left_to_the_daemon() {
        assertThat(of(Samples.payment(Samples.WALLET, null, null), PAID)).isNull();
    }

    @Test
    void a_silent_chain_is_named_where_providers_can_not_be_vouched_for() {
        Problem unvouched = new Problem("not_vouched", "nobody says so", "wait");
        assertThat(Obstacle.behind(unvouched, Samples.withoutChain("30")))
                .contains(Obstacle.CHAIN_UNREACHABLE);
        assertThat(Obstacle.behind(unvouched, Samples.payment("30"))).isEmpty();
        Problem other = new Problem("no_provider", "nobody is there", "wait");
        assertThat(Obstacle.behind(other, Samples.withoutChain("30"))).isEmpty();
    }

    private static @Nullable Obstacle of(PaymentStatus payment, Quote quote) {
        return Obstacle.of(payment, quote, Contexts.NOW).orElse(null);
    }

    private static PaymentStatus authorised(Instant until, String used) {
        return Samples.payment(
                Samples.WALLET,
                ENOUGH,
                new Authorisation(
                        Samples.flow("50"), Samples.flow("10"), until, Samples.flow(used)));
    }
}
