package org.flowshield.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The texts of "yes mani !" are the multibase specification's own. */
final class MultibaseTest {

    private static final long SEED = 20260102;

    @ParameterizedTest
    @CsvSource({
        "BASE16, f796573206d616e692021",
        "BASE16_UPPER, F796573206D616E692021",
        "BASE32, bpfsxgidnmfxgsibb",
        "BASE32_UPPER, BPFSXGIDNMFXGSIBB",
        "BASE36, k2lcpzo5yikidynfl",
        "BASE36_UPPER, K2LCPZO5YIKIDYNFL",
        "BASE58_BTC, z7paNL19xttacUY",
        "BASE64, meWVzIG1hbmkgIQ",
        "BASE64_URL, ueWVzIG1hbmkgIQ"
    })
    void speaks_every_base(Multibase base, String text) throws Exception {
        byte[] bytes = "yes mani !".getBytes(StandardCharsets.UTF_8);
        assertThat(base.encode(bytes)).isEqualTo(text);
        assertThat(Multibase.decode(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void reads_back_what_it_writes_leading_zeros_too(Multibase base) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(70)];
            random.nextBytes(bytes);
            for (int zero = 0; zero < Math.min(bytes.length, i % 4); zero++) {
                bytes[zero] = 0;
            }
            assertThat(Multibase.decode(base.encode(bytes)))
                    .as("seed %d, round %d", SEED, i)
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "x00, UNKNOWN_BASE",
        "f0, BAD_CHARACTER",
        "f0g, BAD_CHARACTER",
        "fAa, NOT_CANONICAL",
        "z0, BAD_CHARACTER",
        "zé, BAD_CHARACTER",
        "b1, BAD_CHARACTER",
        "bmf, NOT_CANONICAL",
        "bpfsxgidnmfxgsibba, NOT_CANONICAL",
        "BpFSXGIDNMFXGSIBB, NOT_CANONICAL",
        "meWVzIG1hbmkgIR, NOT_CANONICAL",
        "m===, BAD_CHARACTER"
    })
    void refuses_what_no_encoder_prints(String text, Reason reason) {
        assertThatThrownBy(() -> Multibase.decode(text))
                .isInstanceOfSatisfying(
                        MalformedMultiformatException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @EnumSource
    void refuses_text_too_long_to_decode_in_good_time(Multibase base) {
        String text = base.encode(new byte[2 * Multibase.MAX_TEXT]);
        assertThatThrownBy(() -> Multibase.decode(text))
                .isInstanceOfSatisfying(
                        MalformedMultiformatException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LONG));
    }
}
