package org.flowshield.node.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.Problem;
import org.junit.jupiter.api.Test;

final class ChargeTest {

    private static final Optional<TokenAmount> PRICE = Optional.of(MemoryPayments.flow("0.1"));
    private static final Optional<EvmAddress> PAYEE = Optional.of(MemoryPayments.PAYEE);

    private static Problem undecided(Charge charge) {
        assertThat(charge).isInstanceOf(Charge.Undecided.class);
        return ((Charge.Undecided) charge).problem();
    }

    @Test
    void serves_for_nothing_only_if_told_to() {
        assertThat(Charge.of(true, Optional.empty(), PAYEE, true)).isEqualTo(new Charge.Free());
        Problem problem = undecided(Charge.of(false, Optional.empty(), Optional.empty(), false));
        assertThat(problem.code()).isEqualTo("no_price");
        assertThat(problem.action())
                .contains("provider.price", "provider.payee", "chain.network", "--free");
    }

    @Test
    void names_exactly_what_is_missing() {
        assertThat(undecided(Charge.of(false, PRICE, Optional.empty(), true)).action())
                .contains("provider.payee")
                .doesNotContain("provider.price", "chain.network");
        assertThat(undecided(Charge.of(false, PRICE, PAYEE, false)).action())
                .contains("chain.network")
                .doesNotContain("provider.payee");
    }

    @Test
    void is_paid_when_all_is_there() {
        assertThat(Charge.of(false, PRICE, PAYEE, true))
                .isEqualTo(new Charge.Paid(PRICE.orElseThrow(), PAYEE.orElseThrow()));
    }

    @Test
    void two_answers_are_none() {
        assertThat(undecided(Charge.of(true, PRICE, PAYEE, true)).code()).isEqualTo("free_or_paid");
    }
}
