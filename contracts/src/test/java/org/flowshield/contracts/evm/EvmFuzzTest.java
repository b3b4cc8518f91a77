package org.flowshield.contracts.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a person types or a stranger sends is read back as it was, or refused. */
final class EvmFuzzTest {

    @FuzzTest
    void an_address_reads_back(byte[] input) throws MalformedAddressException {
        String text = new String(input, StandardCharsets.UTF_8);
        EvmAddress address;
        try {
            address = EvmAddress.parse(text);
        } catch (MalformedAddressException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(EvmAddress.parse(address.toString())).isEqualTo(address);
        assertThat(address.toString()).isEqualToIgnoringCase(text);
    }

    @FuzzTest
    void an_amount_reads_back(byte[] input) throws MalformedAmountException {
        TokenAmount amount;
        try {
            amount = TokenAmount.parse(new String(input, StandardCharsets.UTF_8));
        } catch (MalformedAmountException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(TokenAmount.parse(amount.decimal())).isEqualTo(amount);
    }

    @FuzzTest
    void a_hash_reads_back(byte[] input) throws MalformedHexException {
        String text = new String(input, StandardCharsets.UTF_8);
        Bytes32 word;
        try {
            word = Bytes32.parse(text);
        } catch (MalformedHexException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(word.toString()).isEqualToIgnoringCase(text);
    }
}
