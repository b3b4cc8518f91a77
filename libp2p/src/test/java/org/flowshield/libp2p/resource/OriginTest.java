package org.flowshield.libp2p.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.8, false",
        "2001:db8:1:2::1, 2001:db8:1:2::2, true",
        "2001:db8:1:2::1, 2001:db8:1:ff:ffff::1, true",
        "2001:db8:1:ff::1, 2001:db8:1:100::1, false",
        "::1, 127.0.0.1, false",
    })
    void is_an_ipv4_address_or_a_slash_56(String one, String other, boolean same) throws Exception {
        assertThat(origin(one).equals(origin(other))).isEqualTo(same);
    }

    @Test
    void an_ipv4_address_in_the_form_of_ipv6_is_the_ipv4_address() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 127;
        mapped[15] = 1;
        InetAddress address = Inet6Address.getByAddress(null, mapped, -1);

        assertThat(Origin.of(address)).isEqualTo(origin("127.0.0.1"));
        assertThat(Origin.isLoopback(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.9.8.7, true", "::1, true", "::2, false", "10.0.0.1, false"})
    void knows_the_machine_itself(String address, boolean loopback) throws Exception {
        assertThat(Origin.isLoopback(InetAddress.getByName(address))).isEqualTo(loopback);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.1.1, true",
        "203.0.113.7, 203.1.113.7, false",
        "2001:db8:1:2::1, 2001:db8:ffff::1, true",
        "2001:db8::1, 2001:db9::1, false",
    })
    void lies_in_a_region(String one, String other, boolean same) throws Exception {
        assertThat(origin(one).region().equals(origin(other).region())).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7, 203.0.113.7", "2001:db8:1:2ff::1, 2001:db8:1:200:0:0:0:0/56"})
    void reads_like_what_it_is(String address, String text) throws Exception {
        assertThat(origin(address)).hasToString(text);
    }

    private static Origin origin(String address) throws UnknownHostException {
        return Origin.of(InetAddress.getByName(address));
    }
}
