package org.flowshield.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;

final class WhereaboutsTest {

    private static final Multiaddr INNER = at("/ip4/192.168.1.2/tcp/4001");
    private static final Multiaddr OUTER = at("/ip4/203.0.113.2/tcp/4001");
    private static final Multiaddr FORWARDED = at("/ip4/198.51.100.9/tcp/9999");
    private static final Multiaddr GUESSED = at("/ip4/198.51.100.9/tcp/4001");

    @Test
    void a_node_that_knows_nobody_is_where_it_says() {
        Whereabouts node = node(true);
        assertThat(node.advertised()).containsExactly(INNER, OUTER, FORWARDED);
        assertThat(node.told()).containsExactly(INNER, OUTER, FORWARDED);
        assertThat(node.reach("nobody")).isEqualTo(new Reach.Unknown("nobody"));
    }

    @Test
    void the_market_hears_of_proven_addresses_alone() {
        Whereabouts node = node(false);
        assertThat(node.advertised()).isEmpty();
        assertThat(node.tried(Set.of(FORWARDED), Map.of(OUTER, "no answer"))).isTrue();
        assertThat(node.advertised()).containsExactly(FORWARDED);
        assertThat(node.reach("nobody")).isEqualTo(new Reach.Proven(List.of(FORWARDED)));
    }

    @Test
    void peers_hear_what_may_be_until_something_is_proven_and_nothing_that_has_failed() {
        Whereabouts node = node(false);
        assertThat(node.told()).containsExactly(INNER, OUTER, FORWARDED);
        node.tried(Set.of(), Map.of(OUTER, "no answer"));
        assertThat(node.told()).containsExactly(INNER, FORWARDED);
        node.tried(Set.of(OUTER), Map.of());
        assertThat(node.told()).containsExactly(OUTER, INNER);
    }

    @Test
    void an_address_that_failed_is_told_of_with_the_reason() {
        Whereabouts node = node(false);
        node.tried(Set.of(), Map.of(OUTER, "no answer"));
        assertThat(node.reach("nobody")).isEqualTo(new Reach.NotProven(OUTER + ": no answer"));
    }

    @Test
    void of_two_peers_in_a_round_the_one_that_got_through_counts() {
        Whereabouts node = node(false);
        node.tried(Set.of(OUTER), Map.of(OUTER, "no answer"));
        assertThat(node.advertised()).containsExactly(OUTER);
    }

    @Test
    void what_was_proven_once_is_no_more_when_a_later_round_fails() {
        Whereabouts node = node(false);
        node.tried(Set.of(OUTER), Map.of());
        assertThat(node.tried(Set.of(OUTER), Map.of())).isFalse();
        assertThat(node.tried(Set.of(), Map.of(OUTER, "no answer"))).isTrue();
        assertThat(node.advertised()).isEmpty();
    }

    @Test
    void where_peers_see_the_node_is_a_guess_until_it_is_proven() {
        Whereabouts node = node(false);
        assertThat(node.observed(at("/ip4/198.51.100.9/tcp/51234"))).isTrue();
        assertThat(node.observed(at("/ip4/198.51.100.9/tcp/51235"))).isFalse();
        assertThat(node.candidates()).doesNotContain(GUESSED);
        assertThat(node.told()).doesNotContain(GUESSED);
        assertThat(node.toTry()).contains(GUESSED);
        node.tried(Set.of(GUESSED), Map.of());
        assertThat(node.advertised()).containsExactly(GUESSED);
    }

    @Test
    void peers_that_name_inner_addresses_or_without_end_are_not_heeded() {
        Whereabouts node = node(false);
        assertThat(node.observed(at("/ip4/10.0.0.1/tcp/1"))).isFalse();
        assertThat(node.observed(at("/ip4/127.0.0.1/tcp/1"))).isFalse();
        assertThat(node.observed(at("/ip4/203.0.113.2/tcp/1"))).isFalse();
        long taken =
                Stream.iterate(1, i -> i <= 100, i -> i + 1)
                        .filter(i -> node.observed(at("/ip4/198.51.100." + i + "/tcp/1")))
                        .count();
        assertThat(taken).isEqualTo(4);
        assertThat(node.toTry()).hasSizeLessThanOrEqualTo(Whereabouts.MOST);
    }

    @Test
    void a_machine_that_moves_forgets_what_was_proven_of_its_old_address() {
        Whereabouts node = node(false);
        node.tried(Set.of(OUTER), Map.of());
        assertThat(node.machine(List.of(InetAddress.ofLiteral("203.0.113.77")))).isTrue();
        assertThat(node.advertised()).isEmpty();
        assertThat(node.reach("nobody")).isEqualTo(new Reach.Unknown("nobody"));
    }

    @Test
    void a_port_mapping_takes_the_place_of_the_one_before() {
        Whereabouts node = node(true);
        Multiaddr first = at("/ip4/198.51.100.10/tcp/1");
        Multiaddr second = at("/ip4/198.51.100.10/tcp/2");
        assertThat(node.mapped(List.of(first))).isTrue();
        assertThat(node.mapped(List.of(first))).isFalse();
        assertThat(node.mapped(List.of(second))).isTrue();
        assertThat(node.candidates()).contains(second).doesNotContain(first);
    }

    private static Whereabouts node(boolean ownWord) {
        Whereabouts node = new Whereabouts(ownWord, List.of(FORWARDED));
        boolean _ = node.listening(List.of(at("/ip4/0.0.0.0/tcp/4001")));
        boolean _ =
                node.machine(
                        List.of(
                                InetAddress.ofLiteral("192.168.1.2"),
                                InetAddress.ofLiteral("203.0.113.2")));
        return node;
    }

    private static Multiaddr at(String text) {
        return SomeSwarm.address(text);
    }
}
