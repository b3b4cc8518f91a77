package org.flowshield.node.treasury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.flowshield.contracts.channels.SignerAuthority;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.RefusedException;
import org.junit.jupiter.api.Test;

final class FundsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static SignerAuthority authority(String total, String perPayee, String used) {
        return new SignerAuthority(
                new Caps(flow(total), flow(perPayee), NOW.plusSeconds(60)), flow(used));
    }

    private static TokenAmount flow(String amount) {
        return MemoryPayments.flow(amount);
    }

    private static void require(
            String amount, String purse, SignerAuthority authority, String usedWithPayee)
            throws RefusedException {
        Funds.require(
                MemoryPayments.WALLET,
                MemoryPayments.PAYEE,
                flow(amount),
                flow(purse),
                authority,
                flow(usedWithPayee),
                NOW);
    }

    private static void assertRefused(
            String code,
            String part,
            String amount,
            String purse,
            SignerAuthority authority,
            String usedWithPayee) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> require(amount, purse, authority, usedWithPayee))
                .satisfies(
                        e -> {
                            assertThat(e.problem().code()).isEqualTo(code);
                            assertThat(e.problem().message()).contains(part);
                        });
    }

    @Test
    void what_the_contract_would_do_is_not_refused() {
        assertThatCode(() -> require("1", "1", authority("1", "1", "0"), "0"))
                .doesNotThrowAnyException();
        assertThatCode(() -> require("2", "9", authority("10", "5", "8"), "3"))
                .doesNotThrowAnyException();
    }

    @Test
    void a_purse_that_is_too_small_is_told_with_both_amounts() {
        assertRefused(
                "not_funded",
                "holds 0.5 FLOW, and 1.25 FLOW are to be locked; nothing was locked",
                "1.25",
                "0.5",
                authority("10", "10", "0"),
                "0");
    }

    @Test
    void an_authorisation_that_is_used_up_is_told_in_all_and_by_provider() {
        assertRefused(
                "authorisation_used_up",
                "lock 10 FLOW, of which 1 FLOW are left",
                "2",
                "9",
                authority("10", "10", "9"),
                "0");
        assertRefused(
                "authorisation_used_up",
                "lock 3 FLOW for one provider, and 2 FLOW are locked or paid already",
                "2",
                "9",
                authority("10", "3", "2"),
                "2");
    }

    @Test
    void a_signer_that_may_not_or_no_longer_lock_is_told_what_the_wallet_has_to_do() {
        assertRefused("not_authorised", "not authorised", "1", "9", authority("0", "0", "0"), "0");
        SignerAuthority expired =
                new SignerAuthority(
                        new Caps(flow("9"), flow("9"), NOW.minusSeconds(1)), TokenAmount.ZERO);
        assertRefused("authorisation_expired", "expired on 2026-01-02", "1", "9", expired, "0");
    }
}
