package org.flowshield.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoiseRecordCipherTest {

    private static final int ROOM = 512 * 1024;

    private final NoiseRecordCipher alice = cipher(1, 2);
    private final NoiseRecordCipher bob = cipher(2, 1);

    @ParameterizedTest
    @ValueSource(ints = {1, 2048, 65519, 65520, 131038, 200_000})
    void opens_what_was_sealed_within_the_promised_length(int length) throws Exception {
        ByteBuffer plaintext = random(length);
        ByteBuffer records = ByteBuffer.allocateDirect(alice.sealedLength(length));
        alice.seal(plaintext.duplicate(), records);
        assertThat(records.flip().remaining()).isEqualTo(alice.sealedLength(length));

        ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);
        assertThat(bob.open(records, opened)).isTrue();

        assertThat(opened.flip()).isEqualTo(plaintext);
        assertThat(records.hasRemaining()).isFalse();
    }

    @Test
    void leaves_an_unfinished_record() throws Exception {
        ByteBuffer records = sealed(random(100));
        ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);
        int whole = records.limit();
        for (int there = 0; there < whole; there++) {
            records.limit(there);
            bob.open(records, opened);
            assertThat(records.position()).isZero();
        }
        bob.open(records.limit(whole), opened);
        assertThat(opened.position()).isEqualTo(100);
    }

    @Test
    void opens_no_more_than_there_is_room_for() throws Exception {
        ByteBuffer records = ByteBuffer.allocateDirect(ROOM);
        alice.seal(random(100_000), records);
        ByteBuffer opened = ByteBuffer.allocateDirect(NoiseRecordCipher.MAX_PLAINTEXT);
        bob.open(records.flip(), opened);

        assertThat(opened.position()).isEqualTo(NoiseRecordCipher.MAX_PLAINTEXT);
        bob.open(records, opened.clear());
        assertThat(opened.position()).isEqualTo(100_000 - NoiseRecordCipher.MAX_PLAINTEXT);
    }

    @Test
    void passes_over_a_record_without_plaintext() throws Exception {
        byte[] frame = new byte[2 + CipherState.TAG];
        alice.sealFrame(frame, 0);
        ByteBuffer records = ByteBuffer.allocateDirect(ROOM).put(frame);
        alice.seal(random(10), records);
        ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);
        bob.open(records.flip(), opened);

        assertThat(opened.position()).isEqualTo(10);
    }

    @Test
    void refuses_a_record_seen_before() throws Exception {
        ByteBuffer records = sealed(random(100));
        bob.open(records.duplicate(), ByteBuffer.allocateDirect(ROOM));

        assertThatThrownBy(() -> bob.open(records, ByteBuffer.allocateDirect(ROOM)))
                .isInstanceOf(MalformedNoiseException.class);
    }

    @Test
    void refuses_records_in_another_order() throws Exception {
        sealed(random(100));
        ByteBuffer second = sealed(random(100));

        assertThatThrownBy(() -> bob.open(second, ByteBuffer.allocateDirect(ROOM)))
                .isInstanceOf(MalformedNoiseException.class);
    }

    @Test
    void refuses_its_own_records() throws Exception {
        ByteBuffer own = sealed(random(100));

        assertThatThrownBy(() -> alice.open(own, ByteBuffer.allocateDirect(ROOM)))
                .isInstanceOf(MalformedNoiseException.class);
    }

    @Test
    void does_nothing_more_once_closed() {
        alice.close();

        assertThatThrownBy(() -> sealed(random(1))).isInstanceOf(IOException.class);
    }

    private ByteBuffer sealed(ByteBuffer plaintext) throws IOException {
        ByteBuffer records = ByteBuffer.allocateDirect(alice.sealedLength(plaintext.remaining()));
        alice.seal(plaintext, records);
        return records.flip();
    }

    private static NoiseRecordCipher cipher(int sending, int receiving) {
        return new NoiseRecordCipher(state(sending), state(receiving));
    }

    private static CipherState state(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return new CipherState(key);
    }

    private static ByteBuffer random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return ByteBuffer.allocateDirect(length).put(bytes).flip();
    }
}
