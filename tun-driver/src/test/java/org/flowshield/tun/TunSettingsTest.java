package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a/b", "a b", "tun%d", "abcdefghijklmnop", "a:1", "é", "a\n"})
    void refuses_names_that_no_device_has(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TunSettings.of(name, 1420, Offloads.NONE))
                .withMessageContaining("a device's name is 1 to 15");
    }

    @Test
    void takes_the_longest_name() {
        assertThat(TunSettings.of("abcdefghijklmno", 1420, Offloads.NONE).name()).hasSize(15);
    }

    @Test
    void keeps_the_mtu_in_bounds_and_wider_ones_for_ipv6() {
        assertThat(TunSettings.of("fs0", 576, Offloads.NONE).mtu()).isEqualTo(576);
        assertThat(TunSettings.of("fs0", 65_535, Offloads.NONE).mtu()).isEqualTo(65_535);
        for (int mtu : new int[] {-1, 0, 575, 65_536}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TunSettings.of("fs0", mtu, Offloads.NONE));
        }
        TunAddress ipv6 = TunAddress.parse("fd00::2/64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TunSettings.of("fs0", 1279, Offloads.NONE).withAddresses(ipv6));
    }

    @Test
    void reads_addresses_with_their_prefix() {
        assertThat(TunAddress.parse("100.64.0.2/24")).hasToString("100.64.0.2/24");
        assertThat(TunAddress.parse("fd00::2/128").isIpv6()).isTrue();
        assertThat(TunAddress.parse("0.0.0.0/0").isIpv6()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "100.64.0.2",
                "100.64.0.2/33",
                "fd00::2/129",
                "a/8",
                "1.2.3.4/-1",
                "1.2.3.4/"
            })
    void refuses_what_is_no_address_with_a_prefix(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TunAddress.parse(text));
    }
}
