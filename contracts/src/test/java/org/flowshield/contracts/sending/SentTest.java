package org.flowshield.contracts.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.signing.SigningKey;
import org.junit.jupiter.api.Test;

final class SentTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final EvmAddress TO = new EvmAddress(new byte[EvmAddress.LENGTH]);

    @Test
    void what_was_signed_is_read_again_as_itself() {
        for (Call call :
                new Call[] {
                    Call.pay(TO, Wei.of(5), "pays"),
                    Call.of(TO, new byte[] {0, 1, 2, 3}, "calls"),
                    Call.create(new byte[] {7}, "makes")
                }) {
            for (long nonce : new long[] {0, 1, 127, 128, 1_000_000}) {
                Sent sent = sign(call, nonce);
                Sent read =
                        Sent.decode(sent.signed(), CHAIN, sent.from(), call.purpose())
                                .orElseThrow();
                assertThat(read).isEqualTo(sent);
                assertThat(read.call()).isEqualTo(call);
                assertThat(read.nonce()).isEqualTo(nonce);
                assertThat(read.fees()).isEqualTo(sent.fees());
                assertThat(read.gasLimit()).isEqualTo(sent.gasLimit());
                assertThat(read.signed()).isEqualTo(sent.signed());
            }
        }
    }

    @Test
    void what_another_has_signed_or_for_another_chain_is_not_taken() {
        Sent sent = sign(Call.pay(TO, Wei.of(5), "pays"), 3);
        assertThat(Sent.decode(sent.signed(), CHAIN, TO, "")).isEmpty();
        assertThat(Sent.decode(sent.signed(), new ChainId(1), sent.from(), "")).isEmpty();
    }

    @Test
    void what_was_changed_or_cut_off_is_not_taken() {
        Sent sent = sign(Call.of(TO, new byte[] {0, 1, 2, 3}, "calls"), 3);
        byte[] good = sent.signed();
        for (int length = 0; length < good.length; length++) {
            assertThat(Sent.decode(Arrays.copyOf(good, length), CHAIN, sent.from(), "")).isEmpty();
        }
        for (int at = 0; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= 1;
            assertThat(Sent.decode(changed, CHAIN, sent.from(), "")).isEmpty();
        }
    }

    private static Sent sign(Call call, long nonce) {
        try (SigningKey key = Anvil.account(0)) {
            Preview preview =
                    new Preview(call, key.address(), 21_000, new Fees(Wei.of(9), Wei.of(2)));
            return Eip1559.sign(preview, nonce, CHAIN, TransactionSigner.of(key));
        }
    }
}
