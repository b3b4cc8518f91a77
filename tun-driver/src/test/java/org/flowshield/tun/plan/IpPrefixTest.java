package org.flowshield.tun.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.flowshield.tun.TunAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3.4",
                "1.2.3.4/33",
                "1.2.3.4/24",
                "192.0.0.0/1",
                "::1/64",
                "::/129",
                "a/8",
                "0.0.0.0/-1",
                "0.0.0.0/"
            })
    void refuses_what_is_no_prefix(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "100.64.77.3/24, 100.64.77.0/24",
        "100.64.77.3/32, 100.64.77.3/32",
        "100.64.77.3/0, 0.0.0.0/0",
        "100.65.77.3/15, 100.64.0.0/15",
        "fd77:0:0:1:8000::1/65, fd77:0:0:1:8000:0:0:0/65"
    })
    void knows_what_is_reached_through_an_address(String address, String prefix) {
        assertThat(IpPrefix.of(TunAddress.parse(address))).hasToString(prefix);
    }

    @Test
    void two_halves_are_everything() {
        assertThat(IpPrefix.ALL_IPV4).hasToString("[0.0.0.0/1, 128.0.0.0/1]");
        assertThat(IpPrefix.ALL_IPV6).hasToString("[0:0:0:0:0:0:0:0/1, 8000:0:0:0:0:0:0:0/1]");
        assertThat(IpPrefix.ALL_IPV4).noneMatch(IpPrefix::isIpv6);
        assertThat(IpPrefix.ALL_IPV6).allMatch(IpPrefix::isIpv6);
    }

    @Test
    void a_host_is_one_address_without_its_scope() {
        assertThat(IpPrefix.host(InetAddress.ofLiteral("fe80::1%1")))
                .hasToString("fe80:0:0:0:0:0:0:1/128");
    }
}
