package org.flowshield.node.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0/24",
        "192.0.2.7, 192.0.2.7/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:db8::/32, 2001:db8:0:0:0:0:0:0/32",
        "::1, 0:0:0:0:0:0:0:1/128",
    })
    void reads_ranges_and_single_addresses(String text, String printed) {
        assertThat(Cidr.parse(text)).hasToString(printed);
        assertThat(Cidr.parse(printed)).isEqualTo(Cidr.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/2 4",
                "192.0.2/24",
                "256.0.0.0/8",
                "example.org",
                "example.org/24",
                "2001:db8::/129",
                "2001:db8:::/32",
                "192.0.2.0/24/24"
            })
    void refuses_what_is_no_range(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bits_behind_the_prefix_are_refused_with_the_range_that_was_meant() {
        assertThatThrownBy(() -> Cidr.parse("192.0.2.7/24"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 192.0.2.0/24");
    }

    @ParameterizedTest
    @CsvSource({
        "100.64.0.0/10, 100.127.255.255, true",
        "100.64.0.0/10, 100.128.0.0, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::, false",
        "2000::/3, 3fff::1, true",
        "2000::/3, 4000::, false",
    })
    void knows_what_lies_in_it(String range, String address, boolean inside) {
        assertThat(Cidr.parse(range).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
    }
}
