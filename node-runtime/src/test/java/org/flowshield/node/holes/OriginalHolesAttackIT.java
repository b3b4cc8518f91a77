package org.flowshield.node.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.node.settlement.ChainLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was wrong with the original and needs a chain to be shown, each with its name. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class OriginalHolesAttackIT {

    private static final Duration UNBONDING = Duration.ofDays(14);

    /**
     * In the original stake could be taken out at any time. Steps: a provider takes customers, asks
     * for its stake, and tries to be gone with it before anybody can complain.
     */
    @Test
    void stake_withdrawn_at_once() throws Exception {
        try (ChainLab lab = ChainLab.open();
                SigningKey provider = Anvil.account(2)) {
            StakeVault vault = lab.contracts.vault();
            TokenAmount staked = vault.stake(provider.address(), StakeKind.PROVIDER).staked();
            assertThat(staked.isZero()).isFalse();
            assertThat(lab.contracts.providers().isActive(provider.address())).isTrue();
            refused(lab, provider, "nothing was asked for yet");

            lab.run(provider, vault.requestUnstake(StakeKind.PROVIDER, staked));
            refused(lab, provider, "asked for a moment ago");
            assertThat(lab.contracts.providers().isActive(provider.address()))
                    .as("nobody opens a channel to who has no stake any more")
                    .isFalse();
            assertThat(vault.stake(provider.address(), StakeKind.PROVIDER).unbonding())
                    .as("what is on its way out can still be slashed")
                    .isEqualTo(staked);
            lab.anvil.control().pass(UNBONDING.minusMinutes(10));
            refused(lab, provider, "a little too early");
            lab.anvil.control().pass(Duration.ofMinutes(20));
            lab.run(provider, vault.withdraw(StakeKind.PROVIDER));
            assertThat(vault.stake(provider.address(), StakeKind.PROVIDER).unbonding().isZero())
                    .isTrue();
        }
    }

    private static void refused(ChainLab lab, SigningKey provider, String when) {
        Sender sender =
                new Sender(
                        lab.chain,
                        TransactionSigner.of(provider),
                        SenderSettings.of(1, "ETH"),
                        Time.SYSTEM);
        assertThat(
                        catchThrowableOfType(
                                RejectedException.class,
                                () -> {
                                    var _ =
                                            sender.preview(
                                                    lab.contracts
                                                            .vault()
                                                            .withdraw(StakeKind.PROVIDER));
                                }))
                .as(when)
                .isNotNull();
    }
}
