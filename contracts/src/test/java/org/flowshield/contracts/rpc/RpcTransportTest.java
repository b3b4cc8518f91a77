package org.flowshield.contracts.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RpcTransportTest {

    @ParameterizedTest
    @CsvSource({
        "https://me:secret@rpc.example, me:secret",
        "https://KEY@rpc.example/v1, KEY:",
        "https://:secret@rpc.example, :secret",
        "https://me%40home:a%3Ab@rpc.example, me@home:a:b",
    })
    void a_name_and_a_password_are_told_as_the_rfc_has_it(String url, String told) {
        String encoded = Base64.getEncoder().encodeToString(told.getBytes(StandardCharsets.UTF_8));
        assertThat(RpcTransport.authorization(URI.create(url))).hasValue("Basic " + encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://rpc.example/KEY", "https://@rpc.example"})
    void where_there_is_neither_nothing_is_told(String url) {
        assertThat(RpcTransport.authorization(URI.create(url))).isEmpty();
    }

    @Test
    void what_is_told_is_one_line() {
        String told = "a".repeat(200);
        assertThat(RpcTransport.authorization(URI.create("https://" + told + "@rpc.example")))
                .hasValueSatisfying(value -> assertThat(value).doesNotContain("\n", "\r"));
    }
}
