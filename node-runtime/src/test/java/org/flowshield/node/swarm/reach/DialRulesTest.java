package org.flowshield.node.swarm.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.swarm.SomeSwarm;
import org.junit.jupiter.api.Test;

final class DialRulesTest {

    private static final String PEER = "12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d";
    private static final Multiaddr REMOTE = at("/ip4/203.0.113.7/tcp/51234");
    private static final Multiaddr REMOTE6 = at("/ip6/2001:db8::7/tcp/51234");

    private final DialRules rules = new DialRules(false);

    @Test
    void where_the_asking_connection_comes_from_is_dialled_at_any_port() {
        assertThat(dialled(REMOTE, "/ip4/203.0.113.7/tcp/4001", "/ip4/203.0.113.7/tcp/4002"))
                .containsExactly("/ip4/203.0.113.7/tcp/4001", "/ip4/203.0.113.7/tcp/4002");
        assertThat(dialled(REMOTE6, "/ip6/2001:db8:0:0::7/tcp/4001")).hasSize(1);
    }

    @Test
    void an_attacker_who_asks_for_anothers_address_has_nobody_dialled() {
        assertThat(
                        dialled(
                                REMOTE,
                                "/ip4/203.0.113.8/tcp/4001",
                                "/ip4/198.51.100.1/tcp/80",
                                "/ip6/2001:db8::7/tcp/4001"))
                .isEmpty();
    }

    @Test
    void an_attacker_who_asks_for_private_ranges_has_nobody_dialled() {
        String[] inner = {
            "/ip4/127.0.0.1/tcp/22",
            "/ip4/10.0.0.1/tcp/80",
            "/ip4/192.168.1.1/tcp/80",
            "/ip4/169.254.169.254/tcp/80",
            "/ip4/100.64.0.1/tcp/53",
            "/ip4/0.0.0.0/tcp/80",
            "/ip6/::1/tcp/22",
            "/ip6/fe80::1/tcp/80",
            "/ip6/fd00::1/tcp/80"
        };
        assertThat(dialled(REMOTE, inner)).isEmpty();
        // Not even one who comes from there: whatever is behind our own router is ours.
        assertThat(Stream.of(inner).flatMap(from -> dialled(at(from), inner).stream())).isEmpty();
    }

    @Test
    void names_relays_and_what_is_no_plain_tcp_are_not_dialled() {
        assertThat(
                        dialled(
                                REMOTE,
                                "/dns4/localhost/tcp/80",
                                "/dns/metadata.google.internal/tcp/80",
                                "/ip4/203.0.113.7/udp/4001/quic-v1",
                                "/ip4/203.0.113.7/tcp/0",
                                "/ip4/203.0.113.7/tcp/4001/ws",
                                "/ip4/203.0.113.7/tcp/4001/p2p/" + PEER,
                                "/ip4/203.0.113.7/tcp/4001/p2p/" + PEER + "/p2p-circuit",
                                "/p2p/" + PEER))
                .isEmpty();
        assertThat(
                        dialled(
                                at("/ip4/203.0.113.7/tcp/4001/p2p/" + PEER + "/p2p-circuit"),
                                "/ip4/203.0.113.7/tcp/4001"))
                .isEmpty();
    }

    @Test
    void an_address_written_twice_is_dialled_once_and_few_ports_at_all() {
        String[] same = {"/ip4/203.0.113.7/tcp/1", "/ip4/203.0.113.7/tcp/1"};
        assertThat(dialled(REMOTE, same)).hasSize(1);
        String[] ports =
                IntStream.range(1, 17)
                        .mapToObj(port -> "/ip4/203.0.113.7/tcp/" + port)
                        .toArray(String[]::new);
        assertThat(dialled(REMOTE, ports)).hasSize(DialRules.MOST_DIALS);
    }

    @Test
    void in_a_network_of_ones_own_inner_addresses_are_dialled_and_still_no_other() {
        DialRules local = new DialRules(true);
        Multiaddr from = at("/ip4/127.0.0.1/tcp/51234");
        assertThat(
                        local.dialled(
                                List.of(
                                        at("/ip4/127.0.0.1/tcp/4001"),
                                        at("/ip4/192.168.1.1/tcp/80")),
                                from))
                .containsExactly(at("/ip4/127.0.0.1/tcp/4001"));
    }

    private List<String> dialled(Multiaddr remote, String... asked) {
        return rules.dialled(Stream.of(asked).map(DialRulesTest::at).toList(), remote).stream()
                .map(Multiaddr::toString)
                .toList();
    }

    private static Multiaddr at(String text) {
        return SomeSwarm.address(text);
    }
}
