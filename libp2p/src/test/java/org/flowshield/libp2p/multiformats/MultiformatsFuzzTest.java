package org.flowshield.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

final class MultiformatsFuzzTest {

    @FuzzTest
    void a_uvarint_has_one_encoding(byte[] input) {
        ByteBuffer source = ByteBuffer.wrap(input);
        try {
            long value = Uvarint.read(source);
            assertThat(Uvarint.encode(value)).isEqualTo(Arrays.copyOf(input, source.position()));
        } catch (MalformedMultiformatException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @FuzzTest
    void a_multihash_has_one_encoding(byte[] input) {
        try {
            assertThat(Multihash.parse(input).encode()).isEqualTo(input);
        } catch (MalformedMultiformatException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @FuzzTest
    void base58_has_one_text(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            assertThat(Base58.encode(Base58.decode(text))).isEqualTo(text);
        } catch (MalformedMultiformatException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @FuzzTest
    void multibase_refuses_or_reads(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Multibase.decode(text);
        } catch (MalformedMultiformatException e) {
            assertThat(e.reason()).isNotNull();
        }
    }
}
