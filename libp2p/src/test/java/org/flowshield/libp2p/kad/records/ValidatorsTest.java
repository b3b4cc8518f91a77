package org.flowshield.libp2p.kad.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.kad.records.InvalidValueException.Reason;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValidatorsTest {

    @ParameterizedTest
    @CsvSource({
        "hello,NO_NAMESPACE",
        "/hello,NO_NAMESPACE",
        "//x,NO_NAMESPACE",
        "v/x,NO_NAMESPACE",
        "/ipns/x,UNKNOWN_NAMESPACE",
        "/V/x,UNKNOWN_NAMESPACE"
    })
    void refuses_keys_that_nobody_can_check(String key, Reason reason) {
        assertThatThrownBy(() -> Validators.DEFAULT.of(RecordKey.ofName(key)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void takes_a_namespace_that_is_added() throws InvalidValueException {
        Validator validator = new GreatestValue();
        assertThat(Validators.DEFAULT.with("offer", validator).of(RecordKey.ofName("/offer/1")))
                .isSameAs(validator);
    }

    @Test
    void the_greatest_value_wins_in_v() throws InvalidValueException {
        RecordKey key = RecordKey.ofName("/v/x");
        Validator validator = Validators.DEFAULT.of(key);
        assertThat(validator.isBetter(key, new byte[] {(byte) 0x80}, new byte[] {0x7f})).isTrue();
        assertThat(validator.isBetter(key, new byte[] {1, 0}, new byte[] {1})).isTrue();
        assertThat(validator.isBetter(key, new byte[] {1}, new byte[] {1})).isFalse();
    }

    @Test
    void the_value_of_pk_is_the_key_with_that_hash() throws Exception {
        var alice = Vectors.identity("alice");
        PeerId id = PeerId.parse(alice.get("base58").asString());
        byte[] publicKey = id.publicKey().orElseThrow().encoded();
        RecordKey key = pk(id.bytes());
        Validator validator = Validators.DEFAULT.of(key);
        validator.check(key, publicKey);

        byte[] other =
                PeerId.parse(Vectors.identity("bob").get("base58").asString())
                        .publicKey()
                        .orElseThrow()
                        .encoded();
        assertRefused(validator, key, other, Reason.BAD_VALUE);
        assertRefused(validator, key, new byte[] {1, 2}, Reason.BAD_VALUE);
        assertRefused(validator, RecordKey.ofName("/pk/"), publicKey, Reason.BAD_KEY);
    }

    private static RecordKey pk(byte[] hash) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes("/pk/".getBytes(StandardCharsets.US_ASCII));
        key.writeBytes(hash);
        return new RecordKey(key.toByteArray());
    }

    private static void assertRefused(
            Validator validator, RecordKey key, byte[] value, Reason reason) {
        assertThatThrownBy(() -> validator.check(key, value))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
