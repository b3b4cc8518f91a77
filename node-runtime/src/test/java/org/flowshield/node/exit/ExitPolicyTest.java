package org.flowshield.node.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExitPolicyTest {

    private final ExitPolicy policy =
            ExitPolicy.of(
                    List.of(Cidr.parse("10.1.0.0/16")), List.of(Cidr.parse("203.0.113.0/24")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:20::1",
                "2002:7f00:1::1",
                "5f00::1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "203.0.113.1"
            })
    void refuses_what_is_no_public_destination(String address) {
        assertThat(policy.permits(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.32.0.1",
                "192.0.2.1",
                "198.51.100.1",
                "223.255.255.255",
                "2001:db8::1",
                "2001:200::1",
                "2606:4700::1111",
                "3fff::1"
            })
    void permits_public_destinations_and_the_ranges_of_documentation(String address) {
        assertThat(policy.permits(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void permits_what_the_operator_has_opened() {
        assertThat(policy.permits(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(policy.permits(InetAddress.ofLiteral("10.2.2.3"))).isFalse();
    }
}
