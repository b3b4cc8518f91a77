package org.flowshield.node.payment.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.Test;

/** What strangers can make a relayer lose has an end. */
final class GasAtRiskTest {

    private long now;
    private final GasAtRisk risk = new GasAtRisk(() -> now);

    @Test
    void a_wallet_has_one_order_on_its_way() {
        assertThat(risk.begin(Parties.address(1))).isEmpty();
        assertThat(risk.begin(Parties.address(1)).orElseThrow()).contains("on its way already");
        assertThat(risk.begin(Parties.address(2))).isEmpty();
        risk.end(Parties.address(1), false);
        assertThat(risk.begin(Parties.address(1))).isEmpty();
    }

    @Test
    void only_so_many_are_on_their_way() {
        for (int i = 0; i < GasAtRisk.ON_THEIR_WAY; i++) {
            assertThat(risk.begin(Parties.address(i))).isEmpty();
        }
        assertThat(risk.begin(Parties.address(99)).orElseThrow()).contains("too many");
    }

    @Test
    void after_some_in_vain_nobodys_are_carried_until_the_first_is_an_hour_ago() {
        for (int i = 0; i < GasAtRisk.IN_VAIN; i++) {
            assertThat(risk.begin(Parties.address(i))).isEmpty();
            risk.end(Parties.address(i), true);
            now += Duration.ofMinutes(1).toNanos();
        }
        assertThat(risk.begin(Parties.address(99)).orElseThrow()).contains("lost gas");
        now = GasAtRisk.PAUSE.toNanos() - 1;
        assertThat(risk.begin(Parties.address(99))).isPresent();
        now++;
        assertThat(risk.begin(Parties.address(99))).isEmpty();
    }

    @Test
    void the_most_that_is_lost_in_an_hour_is_as_the_class_says() {
        int lost = 0;
        for (int i = 0; i < GasAtRisk.IN_VAIN - 1; i++) {
            assertThat(risk.begin(Parties.address(i))).isEmpty();
            risk.end(Parties.address(i), true);
            lost++;
        }
        int wallet = 50;
        while (risk.begin(Parties.address(wallet)).isEmpty()) {
            wallet++;
        }
        for (int i = 50; i < wallet; i++) {
            risk.end(Parties.address(i), true);
            lost++;
        }
        assertThat(risk.begin(Parties.address(99))).isPresent();
        assertThat(lost).isLessThanOrEqualTo(GasAtRisk.IN_VAIN + GasAtRisk.ON_THEIR_WAY);
    }
}
