package org.flowshield.contracts.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.flowshield.contracts.evm.MalformedHexException.Reason;
import org.junit.jupiter.api.Test;

final class Bytes32Test {

    @Test
    void reads_and_writes_hexadecimal() throws MalformedHexException {
        String text = "0x" + "0123456789abcdef".repeat(4);
        assertThat(Bytes32.parse(text)).hasToString(text);
        assertThat(Bytes32.parse("0x" + "0".repeat(64))).isEqualTo(Bytes32.ZERO);
    }

    @Test
    void says_what_is_wrong() {
        assertThat(reason("0".repeat(64))).isEqualTo(Reason.NOT_HEX);
        assertThat(reason("0x" + "0".repeat(63))).isEqualTo(Reason.LENGTH);
        assertThat(reason("0x" + "0".repeat(63) + "g")).isEqualTo(Reason.NOT_HEX);
    }

    @Test
    void keeps_its_bytes() {
        Bytes32 word = new Bytes32(new byte[32]);
        word.bytes()[0] = 1;
        assertThat(word).isEqualTo(Bytes32.ZERO).hasSameHashCodeAs(Bytes32.ZERO);
        assertThatThrownBy(() -> new Bytes32(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Reason reason(String text) {
        return catchThrowableOfType(MalformedHexException.class, () -> Bytes32.parse(text))
                .reason();
    }
}
