package org.flowshield.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.junit.jupiter.api.Test;

final class FormatTest {

    private final Format english = new Format(Language.ENGLISH, ZoneOffset.UTC);
    private final Format german = new Format(Language.GERMAN, ZoneOffset.UTC);

    @Test
    void bytes_are_written_in_powers_of_1024_with_three_digits() {
        assertThat(english.bytes(0)).isEqualTo("0 B");
        assertThat(english.bytes(1023)).isEqualTo("1,023 B");
        assertThat(english.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(german.bytes(1_331_439_862)).isEqualTo("1,24 GiB");
    }

    @Test
    void rates_are_written_in_powers_of_1000() {
        assertThat(english.rate(93_520_000)).isEqualTo("93.5 Mbit/s");
        assertThat(german.rate(950)).isEqualTo("950 bit/s");
    }

    @Test
    void amounts_at_a_glance_are_rounded_down_and_never_to_nothing() throws Exception {
        assertThat(english.glance(amount("12.34567"))).isEqualTo("12.3456 FLOW");
        assertThat(german.glance(amount("1234.5"))).isEqualTo("1.234,5 FLOW");
        assertThat(english.glance(amount("0.00001"))).isEqualTo("< 0.0001 FLOW");
        assertThat(english.glance(TokenAmount.ZERO)).isEqualTo("0 FLOW");
    }

    @Test
    void exact_amounts_keep_all_digits() throws Exception {
        assertThat(english.exact(amount("0.000000000000000001")))
                .isEqualTo("0.000000000000000001 FLOW");
    }

    @Test
    void times_are_written_as_on_a_clock() {
        assertThat(english.elapsed(Duration.ofSeconds(249))).isEqualTo("4:09");
        assertThat(english.elapsed(Duration.ofSeconds(3849))).isEqualTo("1:04:09");
        assertThat(german.moment(Instant.parse("2026-03-01T12:30:00Z"))).contains("01.03.2026");
    }

    @Test
    void countries_have_names() {
        assertThat(german.country("DE")).isEqualTo("Deutschland");
        assertThat(new Format(Language.CHINESE, ZoneOffset.UTC).country("NL")).isEqualTo("荷兰");
    }

    @Test
    void addresses_are_grouped_for_comparing() throws MalformedAddressException {
        EvmAddress address = EvmAddress.parse("0x90F79bf6EB2c4f870365E785982E1f101E93b906");
        assertThat(Format.grouped(address))
                .isEqualTo("0x 90F7 9bf6 EB2c 4f87 0365 E785 982E 1f10 1E93 b906");
    }

    private static TokenAmount amount(String text) throws MalformedAmountException {
        return TokenAmount.parse(text);
    }
}
