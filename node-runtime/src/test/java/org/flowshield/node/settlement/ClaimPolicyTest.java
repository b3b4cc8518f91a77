package org.flowshield.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.flowshield.contracts.channels.ChannelState;
import org.flowshield.contracts.channels.ChannelStatus;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.settlement.ClaimPolicy.Occasion;
import org.junit.jupiter.api.Test;

/** When a voucher is worth redeeming. */
final class ClaimPolicyTest {

    /** A claim costs 200 units of FLOW: 100 of the gas coin, each worth two. */
    private static final Wei COST = Wei.of(100);

    private static final ClaimPolicy POLICY =
            ClaimPolicy.of(TokenAmount.of(2_000_000_000_000_000_000L));

    private static final ChannelDomain DOMAIN =
            new ChannelDomain(new ChainId(1), new EvmAddress(new byte[EvmAddress.LENGTH]));

    private static Claimable claimable(
            long cumulative, long deposit, long claimed, ChannelStatus status) {
        try (SigningKey signer = SigningKey.generate(new SecureRandom())) {
            ChannelKey key =
                    new ChannelKey(
                            signer.address(), signer.address(), signer.address(), Bytes32.ZERO);
            long closesAt =
                    status == ChannelStatus.CLOSING
                            ? Instant.parse("2026-01-01T00:00:00Z").getEpochSecond()
                            : 0;
            return new Claimable(
                    key,
                    SignedVoucher.sign(
                            new Voucher(key.id(DOMAIN), TokenAmount.of(cumulative), 1),
                            DOMAIN,
                            signer),
                    new ChannelState(
                            TokenAmount.of(deposit), TokenAmount.of(claimed), closesAt, status));
        }
    }

    private static boolean isDue(Claimable claimable, Occasion occasion) {
        return !POLICY.due(List.of(claimable), COST, occasion).isEmpty();
    }

    private static Claimable open(long unclaimed) {
        return claimable(500 + unclaimed, 1_000_000, 500, ChannelStatus.OPEN);
    }

    private static Claimable closing(long unclaimed) {
        return claimable(500 + unclaimed, 1_000_000, 500, ChannelStatus.CLOSING);
    }

    @Test
    void waits_until_a_voucher_brings_fifty_times_what_it_costs() {
        assertThat(isDue(open(9_999), Occasion.ROUTINE)).isFalse();
        assertThat(isDue(open(10_000), Occasion.ROUTINE)).isTrue();
    }

    @Test
    void does_not_wait_when_the_payer_closes_or_the_node_leaves() {
        assertThat(isDue(closing(201), Occasion.ROUTINE)).isTrue();
        assertThat(isDue(open(201), Occasion.LEAVING)).isTrue();
        assertThat(isDue(open(201), Occasion.ROUTINE)).isFalse();
    }

    @Test
    void pays_no_more_for_gas_than_it_brings_unless_asked_to() {
        assertThat(isDue(closing(200), Occasion.ROUTINE)).isFalse();
        assertThat(isDue(open(200), Occasion.LEAVING)).isFalse();
        assertThat(isDue(open(1), Occasion.ASKED)).isTrue();
        assertThat(isDue(open(0), Occasion.ASKED)).isFalse();
    }

    @Test
    void counts_no_more_than_the_deposit_and_nothing_of_a_closed_channel() {
        assertThat(claimable(900, 700, 500, ChannelStatus.OPEN).payable())
                .isEqualTo(TokenAmount.of(200));
        assertThat(claimable(900, 700, 700, ChannelStatus.OPEN).payable())
                .isEqualTo(TokenAmount.ZERO);
        assertThat(claimable(900, 700, 100, ChannelStatus.CLOSED).payable())
                .isEqualTo(TokenAmount.ZERO);
        assertThat(claimable(900, 0, 0, ChannelStatus.NONE).payable()).isEqualTo(TokenAmount.ZERO);
    }
}
