package org.flowshield.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
                "0x8f2a559490cc2a5b1d1bd6b1fbcd1f1a2c3d4e5f60718293a4b5c6d7e8f90123",
                "90F79bf6EB2c4f870365E785982E1f101E93b906",
                "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN",
                "12D3KooW…4kx6nXTN",
                "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
                "/ip4/198.51.100.7/tcp/4001/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN",
                "/dns4/node.example.org/tcp/4001",
                "198.51.100.7",
                "198.51.100.7:8545",
                "2001:db8::17",
                "fd00:1234:5678::1/64",
                "https://rpc.example.org/v3/9aa3d95b3bc440fa88ea12eaa4456161",
                "ann@example.org",
                "12.5 FLOW",
                "1,234.5678 FLOW",
                "0.003 ETH",
                "20000000000 wei",
                "c2VjcmV0LXRva2VuLTEyMzQ1Njc4OTA="
            })
    void nothing_that_names_a_person_or_their_money_is_left(String secret) {
        assertThat(Redaction.of("it says " + secret + ", and ends"))
                .doesNotContain(secret)
                .startsWith("it says ")
                .endsWith(", and ends");
    }

    @Test
    void a_home_folder_loses_its_name() {
        assertThat(Redaction.of("see /home/ann/.config/flowshield/app.json"))
                .isEqualTo("see /home/[person]/.config/flowshield/app.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:30:05",
                "2026-03-01T12:30:00Z",
                "mtu 1420, lanes 4, v4 true, v6 false",
                "64 MiB of 256 MiB",
                "Linux 6.12.9, amd64",
                "chain_unreachable",
                "UNREACHABLE, for 12 min",
                "limit connections: 8 of 64, reached 3",
                "Java 25.0.3+9-LTS, JavaFX 26.0.2"
            })
    void what_helps_is_left(String told) {
        assertThat(Redaction.of(told)).isEqualTo(told);
    }
}
