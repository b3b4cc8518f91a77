package org.flowshield.contracts.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.flowshield.contracts.chain.FeeHistory;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.evm.Wei;
import org.junit.jupiter.api.Test;

final class FeePolicyTest {

    private static final SenderSettings SETTINGS =
            SenderSettings.of(1, "ETH").withMaxFee(Wei.of(10_000));

    private final FeePolicy policy = new FeePolicy(SETTINGS);

    @Test
    void leaves_room_for_the_base_fee_to_double() throws RejectedException {
        Fees fees = policy.quote(new FeeHistory(Wei.of(100), tips(3, 1, 2)));
        assertThat(fees).isEqualTo(new Fees(Wei.of(202), Wei.of(2)));
    }

    @Test
    void tips_a_part_of_the_base_fee_where_nobody_tipped() throws RejectedException {
        assertThat(policy.quote(new FeeHistory(Wei.of(100), List.of())).priority())
                .isEqualTo(Wei.of(10));
    }

    @Test
    void never_offers_more_than_is_allowed() throws RejectedException {
        assertThat(policy.quote(new FeeHistory(Wei.of(6_000), tips(1))).max())
                .isEqualTo(Wei.of(10_000));
        RejectedException e =
                catchThrowableOfType(
                        RejectedException.class,
                        () -> policy.quote(new FeeHistory(Wei.of(10_000), tips(1))));
        assertThat(e.rejection().kind()).isEqualTo(Rejection.Kind.TOO_DEAR);
    }

    @Test
    void bounds_the_tip() throws RejectedException {
        FeePolicy generous = new FeePolicy(SenderSettings.of(1, "ETH"));
        Wei dear = Wei.of(900_000_000_000L);
        assertThat(generous.quote(new FeeHistory(Wei.of(1), List.of(dear))).priority())
                .isEqualTo(SenderSettings.of(1, "ETH").maxPriority());
    }

    @Test
    void raises_both_parts_by_a_quarter_at_least() throws RejectedException {
        Fees before = new Fees(Wei.of(400), Wei.of(40));
        Fees raised = policy.raise(before, new FeeHistory(Wei.of(10), tips(1)));
        assertThat(raised).isEqualTo(new Fees(Wei.of(501), Wei.of(51)));
        Fees asked = policy.raise(before, new FeeHistory(Wei.of(1_000), tips(100)));
        assertThat(asked).isEqualTo(new Fees(Wei.of(2_100), Wei.of(100)));
    }

    private static List<Wei> tips(long... tips) {
        return java.util.Arrays.stream(tips).mapToObj(Wei::of).toList();
    }
}
