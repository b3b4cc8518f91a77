package org.flowshield.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;

final class ListenAddressesTest {

    private static final List<InetAddress> OWN =
            List.of(
                    InetAddress.ofLiteral("203.0.113.2"),
                    InetAddress.ofLiteral("198.51.100.2"),
                    InetAddress.ofLiteral("2001:db8:b::2"));

    @Test
    void every_address_of_the_machine_stands_for_the_wildcard() throws Exception {
        assertThat(dialled("/ip4/0.0.0.0/tcp/4001", "/ip6/::/tcp/4001"))
                .containsExactly(
                        "/ip4/203.0.113.2/tcp/4001",
                        "/ip4/198.51.100.2/tcp/4001",
                        "/ip6/2001:db8:b::2/tcp/4001");
    }

    @Test
    void an_address_that_was_named_is_shown_as_it_is() throws Exception {
        assertThat(dialled("/ip4/192.0.2.1/tcp/4001")).containsExactly("/ip4/192.0.2.1/tcp/4001");
    }

    @Test
    void an_address_that_was_named_and_is_meant_by_the_wildcard_is_shown_once() throws Exception {
        assertThat(dialled("/ip4/203.0.113.2/tcp/4001", "/ip4/0.0.0.0/tcp/4001")).hasSize(2);
    }

    private List<String> dialled(String... listening) throws Exception {
        List<Multiaddr> addresses = new java.util.ArrayList<>();
        for (String address : listening) {
            addresses.add(Multiaddr.parse(address));
        }
        return ListenAddresses.dialled(addresses, OWN).stream().map(Multiaddr::toString).toList();
    }
}
