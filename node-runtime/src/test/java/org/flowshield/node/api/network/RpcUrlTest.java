package org.flowshield.node.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.flowshield.node.api.network.MalformedWayException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RpcUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8545",
                "https://rpc.example",
                "https://rpc.example/",
                "https://rpc.example:8443/v3/0123456789abcdef?key=1",
                "https://me:secret@rpc.example/",
                "http://[2001:db8::1]:8545",
                "HTTPS://RPC.example"
            })
    void is_read_as_people_write_it(String text) throws MalformedWayException {
        assertThat(RpcUrl.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rpc.example",
                "rpc.example:8545",
                "//rpc.example",
                "https://",
                "https:///path",
                "https://rpc.example:0",
                "https://rpc.example:65536",
                "https://rpc.example/#part",
                "https://rpc.example/a b",
                "https://rpc.exämple",
                "https://rpc.example/%zz",
                "https://rpc.example/\n"
            })
    void what_is_no_url_of_a_server_is_refused(String text) {
        assertReason(text, Reason.NOT_A_URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://rpc.example", "ftp://rpc.example/a", "wss://me:key@rpc.example"})
    void what_is_not_asked_over_http_is_refused(String text) {
        assertReason(text, Reason.NOT_HTTP);
    }

    private static void assertReason(String text, Reason reason) {
        assertThatThrownBy(() -> RpcUrl.parse(text))
                .isInstanceOfSatisfying(
                        MalformedWayException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void a_very_long_one_is_refused() {
        assertReason("https://rpc.example/" + "a".repeat(1024), Reason.NOT_A_URL);
    }

    @Test
    void several_are_read_and_the_first_that_is_wrong_is_named_by_its_place() throws Exception {
        assertThat(RpcUrl.parseAll(" https://a.example\n\nhttps://b.example/x,y "))
                .extracting(RpcUrl::text)
                .containsExactly("https://a.example", "https://b.example/x,y");
        assertThat(RpcUrl.parseAll(" \n")).isEmpty();
        assertPlace("https://a.example\nwrong", Reason.NOT_A_URL, 2);
        assertPlace("https://a.example https://b.example https://a.example", Reason.TWICE, 3);
        assertPlace("http://a http://b http://c http://d http://e", Reason.TOO_MANY, 5);
    }

    private static void assertPlace(String text, Reason reason, int place) {
        assertThatThrownBy(() -> RpcUrl.parseAll(text))
                .isInstanceOfSatisfying(
                        MalformedWayException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(reason);
                            assertThat(e.position()).isEqualTo(place);
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "https://rpc.example, https://rpc.example",
        "https://rpc.example/, https://rpc.example",
        "https://rpc.example:8443/v3/secret, https://rpc.example:8443/…",
        "https://rpc.example/?key=secret, https://rpc.example/…",
        "https://me:secret@rpc.example, https://rpc.example/…",
    })
    void what_may_be_a_key_is_not_shown(String text, String shown) throws MalformedWayException {
        RpcUrl rpc = RpcUrl.parse(text);
        assertThat(rpc).hasToString(shown);
        assertThat(new NetworkSettings.InForce(1L, List.of(rpc), null, List.of(), null).toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rpc.example/secret secret",
                "wss://me:secret@rpc.example/secret",
                "https://rpc.example/%zz/secret",
                "https://a/secret https://a/secret"
            })
    void no_message_tells_a_key(String text) {
        assertThatThrownBy(() -> RpcUrl.parseAll(text))
                .hasMessageNotContaining("secret")
                .hasStackTraceContaining("MalformedWayException")
                .satisfies(
                        e ->
                                assertThat(org.assertj.core.util.Throwables.getStackTrace(e))
                                        .doesNotContain("secret"));
    }

    @Test
    void a_change_takes_none_twice_and_not_too_many() {
        RpcUrl one = new RpcUrl(URI.create("https://a.example"));
        assertThatThrownBy(() -> new NetworkChange(List.of(one, one), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }
}
