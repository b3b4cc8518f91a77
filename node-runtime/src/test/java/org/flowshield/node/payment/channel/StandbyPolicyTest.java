package org.flowshield.node.payment.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.channel.StandbyPolicy.Candidate;
import org.junit.jupiter.api.Test;

final class StandbyPolicyTest {

    private static final EvmAddress IN_USE = Parties.address(50);

    private static final StandbyPolicy POLICY =
            new StandbyPolicy(
                    StandbyPolicy.DEFAULT, new Price(Parties.flow("1")), Parties.flow("2"));

    private static Candidate candidate(int number, String price) {
        return new Candidate(
                Parties.address(number),
                new Price(Parties.flow(price)),
                Parties.flow("1"),
                0,
                false);
    }

    private static Candidate withChannel(Candidate candidate) {
        return new Candidate(
                candidate.payee(),
                candidate.price(),
                candidate.minDeposit(),
                candidate.failures(),
                true);
    }

    @Test
    void opens_to_the_two_cheapest() {
        assertThat(
                        POLICY.toOpen(
                                List.of(
                                        candidate(1, "0.9"),
                                        candidate(2, "0.2"),
                                        candidate(3, "0.5")),
                                IN_USE))
                .containsExactly(Parties.address(2), Parties.address(3));
    }

    @Test
    void counts_the_channels_that_are_there_but_not_the_one_in_use() {
        assertThat(
                        POLICY.toOpen(
                                List.of(
                                        withChannel(candidate(50, "0.1")),
                                        withChannel(candidate(1, "0.9")),
                                        candidate(2, "0.2"),
                                        candidate(3, "0.5")),
                                IN_USE))
                .containsExactly(Parties.address(2));
    }

    @Test
    void leaves_out_who_is_too_expensive_or_asks_for_too_much() {
        Candidate greedy =
                new Candidate(
                        Parties.address(4),
                        new Price(Parties.flow("0.1")),
                        Parties.flow("3"),
                        0,
                        false);

        assertThat(POLICY.toOpen(List.of(candidate(1, "1.1"), greedy), IN_USE)).isEmpty();
    }

    @Test
    void prefers_who_did_not_fail() {
        Candidate cheapAndBroken =
                new Candidate(
                        Parties.address(4),
                        new Price(Parties.flow("0.1")),
                        Parties.flow("1"),
                        3,
                        false);

        assertThat(
                        POLICY.toOpen(
                                List.of(cheapAndBroken, candidate(1, "0.9"), candidate(2, "0.8")),
                                IN_USE))
                .containsExactly(Parties.address(2), Parties.address(1));
    }

    @Test
    void goes_over_to_who_has_a_channel() {
        assertThat(
                        POLICY.failover(
                                List.of(
                                        withChannel(candidate(50, "0.1")),
                                        candidate(2, "0.2"),
                                        withChannel(candidate(3, "0.5"))),
                                IN_USE))
                .extracting(Candidate::payee)
                .containsExactly(Parties.address(3), Parties.address(2));
    }

    @Test
    void two_nodes_of_one_payee_count_once() {
        assertThat(
                        POLICY.toOpen(
                                List.of(
                                        candidate(1, "0.5"),
                                        candidate(1, "0.6"),
                                        candidate(2, "0.7")),
                                IN_USE))
                .containsExactly(Parties.address(1), Parties.address(2));
    }
}
