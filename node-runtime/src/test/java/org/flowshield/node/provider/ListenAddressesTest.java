package org.flowshield.node.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;

final class ListenAddressesTest {

    private static final List<InetAddress> OWN =
            List.of(
                    InetAddress.ofLiteral("203.0.113.2"),
                    InetAddress.ofLiteral("198.51.100.2"),
                    InetAddress.ofLiteral("2001:db8:b::2"));

    private final PeerId peer = peer();

    @Test
    void every_address_of_the_machine_stands_for_the_wildcard() throws Exception {
        assertThat(dialled("/ip4/0.0.0.0/tcp/4001", "/ip6/::/tcp/4001"))
                .containsExactly(
                        "/ip4/203.0.113.2/tcp/4001/p2p/" + peer,
                        "/ip4/198.51.100.2/tcp/4001/p2p/" + peer,
                        "/ip6/2001:db8:b::2/tcp/4001/p2p/" + peer);
    }

    @Test
    void an_address_that_was_named_is_shown_as_it_is() throws Exception {
        assertThat(dialled("/ip4/192.0.2.1/tcp/4001"))
                .containsExactly("/ip4/192.0.2.1/tcp/4001/p2p/" + peer);
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
        return ListenAddresses.dialled(addresses, OWN, peer);
    }

    private static PeerId peer() {
        try (PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            return PeerId.of(key.publicKey());
        }
    }
}
