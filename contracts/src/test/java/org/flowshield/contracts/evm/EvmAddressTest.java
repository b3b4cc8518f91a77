package org.flowshield.contracts.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Locale;
import org.flowshield.contracts.evm.MalformedAddressException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvmAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The examples of EIP-55.
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
                "0xde709f2102306220921060314715629080e2fb77",
                "0x27b1fdb04752bbc536007a920d24acb045561c26",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
            })
    void writes_the_checksum_of_the_standard(String text) throws MalformedAddressException {
        assertThat(EvmAddress.parse(text)).hasToString(text);
    }

    @Test
    void takes_digits_of_one_case_without_a_checksum() throws MalformedAddressException {
        EvmAddress address = EvmAddress.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
        String digits = address.toString().substring(2);
        assertThat(EvmAddress.parse("0x" + digits.toLowerCase(Locale.ROOT))).isEqualTo(address);
        assertThat(EvmAddress.parse("0x" + digits.toUpperCase(Locale.ROOT))).isEqualTo(address);
    }

    @Test
    void refuses_one_changed_letter_by_the_checksum() {
        assertThat(reason("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")).isEqualTo(Reason.CHECKSUM);
        assertThat(reason("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAea")).isEqualTo(Reason.CHECKSUM);
    }

    @Test
    void says_how_many_digits_are_there() {
        assertThatThrownBy(() -> EvmAddress.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeA"))
                .hasMessageContaining("38 digits");
        assertThat(reason("0x")).isEqualTo(Reason.LENGTH);
        assertThat(reason("0x" + "0".repeat(42))).isEqualTo(Reason.LENGTH);
    }

    @Test
    void refuses_what_is_no_number() {
        assertThat(reason("")).isEqualTo(Reason.NOT_HEX);
        assertThat(reason("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")).isEqualTo(Reason.NOT_HEX);
        assertThat(reason("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg")).isEqualTo(Reason.NOT_HEX);
    }

    @Test
    void is_equal_by_its_bytes_and_keeps_them() {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        EvmAddress address = new EvmAddress(bytes);
        bytes[0] = 1;
        address.bytes()[1] = 1;
        assertThat(address).isEqualTo(EvmAddress.ZERO).hasSameHashCodeAs(EvmAddress.ZERO);
        assertThat(address.isZero()).isTrue();
    }

    @Test
    void has_twenty_bytes() {
        assertThatThrownBy(() -> new EvmAddress(new byte[19]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Reason reason(String text) {
        return catchThrowableOfType(MalformedAddressException.class, () -> EvmAddress.parse(text))
                .reason();
    }
}
