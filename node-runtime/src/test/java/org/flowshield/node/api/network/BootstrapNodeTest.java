package org.flowshield.node.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flowshield.node.api.network.MalformedWayException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BootstrapNodeTest {

    private static final String ID = "12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/203.0.113.7/tcp/4001/p2p/" + ID,
                "/ip6/2001:db8::7/tcp/4001/p2p/" + ID,
                "/dns4/node.example/tcp/4001/p2p/" + ID,
            })
    void is_read_as_nodes_show_it(String text) throws MalformedWayException {
        assertThat(BootstrapNode.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "203.0.113.7:4001", "/tcp/4001/p2p/" + ID, ID, "/p2p/" + ID})
    void what_is_no_address_is_refused(String text) {
        assertReason(text, Reason.NOT_A_MULTIADDR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/203.0.113.7/tcp/4001",
                "/ip4/203.0.113.7/tcp/4001/p2p/",
                "/ip4/203.0.113.7/tcp/4001/p2p/me",
                "/ip4/203.0.113.7/tcp/4001/p2p/" + ID + "/x"
            })
    void one_that_says_only_where_it_is_is_refused(String text) {
        assertReason(text, Reason.NO_PEER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dns4/a,b.example/tcp/4001/p2p/" + ID,
                "/dns4/a\\b.example/tcp/4001/p2p/" + ID,
                "/dns4/\u00e4.example/tcp/4001/p2p/" + ID,
            })
    void what_a_file_would_have_otherwise_is_refused(String text) {
        assertReason(text, Reason.NOT_A_MULTIADDR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rpc.example/secret",
                "wss://me:secret@rpc.example",
                "/dns4/https://secret@rpc.example/tcp/1"
            })
    void no_message_tells_of_an_rpc_in_the_wrong_place(String text) {
        assertThatThrownBy(() -> BootstrapNode.parse(text))
                .isInstanceOf(MalformedWayException.class)
                .hasMessageStartingWith("a URL is not a multiaddr")
                .hasMessageNotContaining("secret");
    }

    private static void assertReason(String text, Reason reason) {
        assertThatThrownBy(() -> BootstrapNode.parse(text))
                .isInstanceOfSatisfying(
                        MalformedWayException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void several_are_read_up_to_sixteen() throws MalformedWayException {
        assertThat(BootstrapNode.parseAll(nodes(16))).hasSize(16);
        assertThatThrownBy(() -> BootstrapNode.parseAll(nodes(17)))
                .isInstanceOfSatisfying(
                        MalformedWayException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY));
        assertThatThrownBy(() -> BootstrapNode.parseAll(nodes(2) + "," + nodes(1)))
                .isInstanceOfSatisfying(
                        MalformedWayException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.TWICE);
                            assertThat(e.position()).isEqualTo(3);
                        });
    }

    private static String nodes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "/ip4/203.0.113." + i + "/tcp/4001/p2p/" + ID)
                .collect(Collectors.joining(", \n"));
    }
}
