package org.flowshield.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MultihashTest {

    @Test
    void hashes_the_vectors_provider_key() {
        byte[] expected = Vectors.hex(Vectors.section("kad").get("providerKey").get("multihash"));
        assertThat(
                        Multihash.sha256(
                                        "vpn-exit-node"
                                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .encode())
                .isEqualTo(expected);
    }

    @Test
    void reads_back_what_it_writes() throws Exception {
        Multihash hash = new Multihash(0x1234, new byte[] {1, 2, 3});
        assertThat(Multihash.parse(hash.encode())).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThat(hash).hasToString("b42403010203");
    }

    @ParameterizedTest
    @CsvSource({
        "'', TRUNCATED",
        "12, TRUNCATED",
        "1202aa, TRUNCATED",
        "1201aabb, TRAILING_BYTES",
        "128101, TOO_LONG",
        "12ffffffffffffffff7f, TOO_LONG",
        "920000, NOT_MINIMAL"
    })
    void refuses_what_is_not_exactly_one_multihash(String hex, Reason reason) {
        assertThatThrownBy(() -> Multihash.parse(HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(
                        MalformedMultiformatException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
