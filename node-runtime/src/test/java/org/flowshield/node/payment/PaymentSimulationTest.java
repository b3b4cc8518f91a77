package org.flowshield.node.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.payment.PaymentSimulation.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of sessions in simulated time, each from a seed that its failure prints. A run stops
 * being interesting when all is transferred, or somebody has ended it.
 */
final class PaymentSimulationTest {

    /** Sessions of a test; {@code -Dflowshield.payment.seeds=1000} for a thorough look. */
    private static final int SEEDS = Integer.getInteger("flowshield.payment.seeds", 6);

    private static final Duration LONG = Duration.ofMinutes(10);

    private static long from(Random random) {
        return random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(1 << (10 + random.nextInt(13)));
    }

    private static Scenario honest(Random random) {
        return new Scenario(
                from(random),
                1 + from(random),
                Parties.flow("10"),
                TokenAmount.ZERO,
                Price.MOST,
                random.nextBoolean(),
                CreditWindow.FIRST << random.nextInt(9),
                null,
                null);
    }

    @Test
    void two_honest_sides_carry_everything_and_end_up_even() {
        for (long seed = 0; seed < 4L * SEEDS; seed++) {
            PaymentSimulation session = new PaymentSimulation(seed, honest(new Random(seed)));
            session.runToTheEnd(LONG);
            session.run(Duration.ofNanos(session.now).plusSeconds(2));

            assertThat(session.isCarried()).as("all carried, %s", session).isTrue();
            assertThat(session.isOver()).as("still open, %s", session).isFalse();
            long carried = session.payerGate.metered().billable();
            assertThat(session.payeeGate.metered().billable()).as("%s", session).isEqualTo(carried);
            assertThat(session.keptBytes()).as("all paid, %s", session).isEqualTo(carried);
            assertThat(session.payeeRisk)
                    .as("%s", session)
                    .isLessThanOrEqualTo(session.largestWindow);
            assertThat(session.payerRisk)
                    .as("%s", session)
                    .isLessThanOrEqualTo(session.largestWindow);
        }
    }

    @Test
    void a_last_packet_that_needs_more_than_the_rest_of_the_window_passes() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Scenario scenario =
                    new Scenario(
                            0,
                            CreditWindow.FIRST - 65_534 + 1 + seed * 997 % 65_534,
                            Parties.flow("1"),
                            TokenAmount.ZERO,
                            Price.MOST,
                            true,
                            CreditWindow.FIRST,
                            null,
                            null);
            PaymentSimulation session = new PaymentSimulation(seed, scenario);
            session.runToTheEnd(Duration.ofMinutes(1));

            assertThat(session.isCarried()).as("%s", session).isTrue();
        }
    }

    @Test
    void a_channel_is_topped_up_while_traffic_flows() {
        for (long seed = 0; seed < SEEDS; seed++) {
            TokenAmount deposit = Parties.PRICE.cost(3 << 20);
            Scenario scenario =
                    new Scenario(
                            2 << 20,
                            10 << 20,
                            deposit,
                            deposit,
                            Price.MOST,
                            true,
                            CreditWindow.MOST,
                            null,
                            null);
            PaymentSimulation session = new PaymentSimulation(seed, scenario);
            session.runToTheEnd(LONG);

            assertThat(session.isCarried()).as("%s", session).isTrue();
            assertThat(session.payeeRisk)
                    .as("%s", session)
                    .isLessThanOrEqualTo(session.largestWindow);
        }
    }

    @Test
    void a_used_up_deposit_ends_the_session_with_all_of_it_paid() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Scenario scenario =
                    new Scenario(
                            1 << 20,
                            5 << 20,
                            Parties.PRICE.cost(2 << 20),
                            TokenAmount.ZERO,
                            Price.MOST,
                            true,
                            CreditWindow.MOST,
                            null,
                            null);
            PaymentSimulation session = new PaymentSimulation(seed, scenario);
            session.runToTheEnd(LONG);
            session.run(Duration.ofNanos(session.now).plusSeconds(5));

            assertThat(session.payerEnd).as("%s", session).isEqualTo(PaymentEnd.DEPOSIT_USED_UP);
            assertThat(session.payeeEnd).as("%s", session).isEqualTo(PaymentEnd.DEPOSIT_USED_UP);
            assertThat(session.keptBytes())
                    .as("%s", session)
                    .isGreaterThanOrEqualTo(session.payerGate.metered().billable());
        }
    }

    @Test
    void a_spending_limit_ends_the_session_and_is_not_passed() {
        for (long seed = 0; seed < SEEDS; seed++) {
            TokenAmount limit = Parties.PRICE.cost(1 << 20);
            Scenario scenario =
                    new Scenario(
                            1 << 20,
                            5 << 20,
                            Parties.flow("1"),
                            Parties.flow("1"),
                            limit,
                            true,
                            CreditWindow.MOST,
                            null,
                            null);
            PaymentSimulation session = new PaymentSimulation(seed, scenario);
            session.runToTheEnd(LONG);
            session.run(Duration.ofNanos(session.now).plusSeconds(5));

            assertThat(session.payerEnd).as("%s", session).isEqualTo(PaymentEnd.SPENDING_CAP);
            assertThat(session.payeeEnd).as("%s", session).isEqualTo(PaymentEnd.SPENDING_CAP);
            assertThat(session.signed.getLast().voucher().cumulative())
                    .as("%s", session)
                    .isLessThanOrEqualTo(limit);
            assertThat(session.keptBytes())
                    .as("%s", session)
                    .isGreaterThanOrEqualTo(session.payerGate.metered().billable());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_cheating_client_costs_a_provider_no_more_than_a_window(Cheats.Client cheat) {
        for (long seed = 0; seed < 2L * SEEDS; seed++) {
            Random random = new Random(seed);
            Scenario honest = honest(random);
            Scenario scenario =
                    new Scenario(
                            4 * honest.up(),
                            (4 << 20) + 4 * honest.down(),
                            honest.deposit(),
                            honest.refill(),
                            honest.allowance(),
                            honest.confirmed(),
                            honest.maxWindow(),
                            Cheats.of(cheat, random.nextInt(12)),
                            null);
            PaymentSimulation session = new PaymentSimulation(seed, scenario);
            session.runToTheEnd(Duration.ofSeconds(90));

            assertThat(session.payeeRisk)
                    .as("%s %s", cheat, session)
                    .isLessThanOrEqualTo(session.largestWindow);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_cheating_provider_costs_a_client_no_more_than_a_window(Cheats.Provider cheat) {
        for (long seed = 0; seed < 2L * SEEDS; seed++) {
            Random random = new Random(seed);
            Scenario honest = honest(random);
            Scenario scenario =
                    new Scenario(
                            (2 << 20) + 4 * honest.up(),
                            (2 << 20) + 4 * honest.down(),
                            honest.deposit(),
                            honest.refill(),
                            honest.allowance(),
                            honest.confirmed(),
                            honest.maxWindow(),
                            null,
                            Cheats.of(cheat, random.nextInt(12)));
            PaymentSimulation session = new PaymentSimulation(seed, scenario);
            session.runToTheEnd(Duration.ofSeconds(90));

            assertThat(session.payerRisk)
                    .as("%s %s", cheat, session)
                    .isLessThanOrEqualTo(session.largestWindow);
            assertThat(session.signedBytes())
                    .as("%s %s", cheat, session)
                    .isLessThanOrEqualTo(session.payerGate.metered().billable());
        }
    }
}
