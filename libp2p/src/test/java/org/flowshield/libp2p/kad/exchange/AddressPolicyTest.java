package org.flowshield.libp2p.kad.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;

/** Where a stranger's word leads. */
final class AddressPolicyTest {

    private static List<Multiaddr> addresses(String... texts) {
        return Stream.of(texts).map(AddressPolicyTest::address).toList();
    }

    private static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void names_of_strangers_are_never_looked_up() {
        List<Multiaddr> names =
                addresses(
                        "/dns/metadata.internal/tcp/80",
                        "/dns4/tracker.example/tcp/4001",
                        "/dns6/localhost/tcp/22",
                        "/dnsaddr/example.org");
        assertThat(AddressPolicy.INTERNET.of(names)).isEmpty();
        assertThat(AddressPolicy.ANY.of(names)).isEmpty();
    }

    @Test
    void inner_addresses_are_of_use_in_a_network_of_ones_own_only() {
        List<Multiaddr> inner = addresses("/ip4/10.0.0.1/tcp/1", "/ip6/::1/tcp/1");
        List<Multiaddr> outer = addresses("/ip4/9.9.9.9/tcp/1", "/ip6/2620:fe::9/tcp/1");
        assertThat(AddressPolicy.INTERNET.of(inner)).isEmpty();
        assertThat(AddressPolicy.INTERNET.of(outer)).isEqualTo(outer);
        assertThat(AddressPolicy.ANY.of(inner)).isEqualTo(inner);
        assertThat(AddressPolicy.ANY.of(outer)).isEqualTo(outer);
        assertThat(AddressPolicy.ANY.of(addresses("/ip4/0.0.0.0/tcp/1"))).isEmpty();
    }
}
