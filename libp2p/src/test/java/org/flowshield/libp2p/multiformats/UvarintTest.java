package org.flowshield.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class UvarintTest {

    private static final long SEED = 20260101;

    static Stream<JsonNode> vectors() {
        return Vectors.list("varint");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writes_and_reads_every_vector(JsonNode vector) throws Exception {
        long value = Long.parseLong(vector.get("n").asString());
        byte[] bytes = Vectors.hex(vector.get("hex"));
        assertThat(Uvarint.encode(value)).isEqualTo(bytes);
        assertThat(Uvarint.size(value)).isEqualTo(bytes.length);
        assertThat(Uvarint.read(ByteBuffer.wrap(bytes))).isEqualTo(value);
        assertThat(Uvarint.read(new ByteArrayInputStream(bytes))).isEqualTo(value);
    }

    @Test
    void reads_back_what_it_writes_and_stops_behind_it() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> (1 + random.nextInt(63));
            ByteBuffer buffer = ByteBuffer.allocate(Uvarint.MAX_BYTES + 1);
            Uvarint.write(value, buffer);
            buffer.put((byte) 0x55).flip();
            assertThat(Uvarint.read(buffer)).as("seed %d, value %d", SEED, i).isEqualTo(value);
            assertThat(buffer.remaining()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', TRUNCATED",
        "80, TRUNCATED",
        "ffffffffffffffff, TRUNCATED",
        "8000, NOT_MINIMAL",
        "818000, NOT_MINIMAL",
        "ffffffffffffffffff01, TOO_LONG",
        "80808080808080808001, TOO_LONG"
    })
    void refuses_what_is_no_minimal_uvarint(String hex, Reason reason) {
        assertThatThrownBy(() -> Uvarint.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .isInstanceOfSatisfying(
                        MalformedMultiformatException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void says_when_a_stream_ends_in_the_middle() {
        assertThatThrownBy(() -> Uvarint.read(new ByteArrayInputStream(new byte[] {(byte) 0x80})))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void does_not_write_a_negative_number() {
        assertThatThrownBy(() -> Uvarint.encode(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
