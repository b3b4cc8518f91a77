package org.flowshield.contracts.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class WordsTest {

    @Test
    void pads_numbers_and_addresses_on_the_left() throws MalformedAddressException {
        byte[] words =
                new Words(4)
                        .put(EvmAddress.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"))
                        .put(258L)
                        .put(true)
                        .put(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))
                        .bytes();
        assertThat(HexFormat.of().formatHex(words))
                .isEqualTo(
                        "0".repeat(24)
                                + "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
                                + "0".repeat(61)
                                + "102"
                                + "0".repeat(63)
                                + "1"
                                + "f".repeat(64));
    }

    @Test
    void refuses_numbers_that_are_no_word() {
        Words words = new Words(1);
        assertThatThrownBy(() -> words.put(-1L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> words.put(BigInteger.ONE.shiftLeft(256)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> words.put(BigInteger.valueOf(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void gives_nothing_before_it_is_full() {
        assertThatThrownBy(new Words(1)::bytes).isInstanceOf(IllegalStateException.class);
    }
}
