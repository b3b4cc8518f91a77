package org.flowshield.libp2p.security.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cipher over engines whose handshake was done in memory. */
final class TlsRecordCipherTest {

    private static final int ROOM = 512 * 1024;

    @ParameterizedTest
    @EnumSource
    void opens_what_was_sealed_within_the_promised_length(TlsProvider provider) throws Exception {
        try (var link = new InMemoryTls(provider, provider)) {
            for (int length : new int[] {1, 1400, 16384, 16385, 65536, 200_000}) {
                ByteBuffer plaintext = random(length);
                ByteBuffer records = sealed(link.dialler(), plaintext);
                ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);
                assertThat(link.listener().open(records, opened)).isTrue();

                assertThat(opened.flip()).isEqualTo(plaintext.rewind());
                assertThat(records.hasRemaining()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leaves_an_unfinished_record(TlsProvider provider) throws Exception {
        try (var link = new InMemoryTls(provider, provider)) {
            ByteBuffer records = sealed(link.dialler(), random(100));
            ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);
            int whole = records.limit();
            for (int there = 0; there < whole; there++) {
                link.listener().open(records.limit(there), opened);
                assertThat(records.position()).isZero();
            }
            link.listener().open(records.limit(whole), opened);
            assertThat(opened.position()).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void opens_no_more_than_there_is_room_for(TlsProvider provider) throws Exception {
        try (var link = new InMemoryTls(provider, provider)) {
            ByteBuffer plaintext = random(100_000);
            ByteBuffer records = sealed(link.dialler(), plaintext);
            ByteBuffer all = ByteBuffer.allocate(ROOM);
            ByteBuffer opened = ByteBuffer.allocateDirect(link.listener().maxPlaintext());
            while (records.hasRemaining()) {
                link.listener().open(records, opened.clear());
                assertThat(opened.flip().hasRemaining()).isTrue();
                all.put(opened);
            }
            assertThat(all.flip()).isEqualTo(plaintext.rewind());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refuses_a_changed_record(TlsProvider provider) throws Exception {
        try (var link = new InMemoryTls(provider, provider)) {
            ByteBuffer records = sealed(link.dialler(), random(100));
            records.put(records.limit() - 1, (byte) (records.get(records.limit() - 1) ^ 1));
            ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);

            assertThatThrownBy(() -> link.listener().open(records, opened))
                    .isInstanceOf(IOException.class);
            assertThat(opened.position()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refuses_a_record_seen_before(TlsProvider provider) throws Exception {
        try (var link = new InMemoryTls(provider, provider)) {
            ByteBuffer records = sealed(link.dialler(), random(100));
            ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);
            link.listener().open(records.duplicate(), opened);

            assertThatThrownBy(() -> link.listener().open(records, opened))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refuses_bytes_that_are_no_record(TlsProvider provider) throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            try (var link = new InMemoryTls(provider, provider)) {
                byte[] junk = new byte[2 * 65536];
                new Random(seed).nextBytes(junk);
                ByteBuffer records = ByteBuffer.allocateDirect(junk.length).put(junk).flip();
                ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);

                assertThatThrownBy(() -> link.listener().open(records, opened))
                        .isInstanceOf(IOException.class);
                assertThat(opened.position()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void does_not_wait_for_the_rest_of_an_oversized_record(TlsProvider provider) throws Exception {
        try (var link = new InMemoryTls(provider, provider)) {
            ByteBuffer records = ByteBuffer.allocateDirect(5);
            records.put(new byte[] {23, 3, 3, 0x41, 1}).flip();

            assertThatThrownBy(() -> link.listener().open(records, ByteBuffer.allocateDirect(ROOM)))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void says_when_the_peer_will_send_no_more(TlsProvider provider) throws Exception {
        try (var link = new InMemoryTls(provider, provider)) {
            ByteBuffer records = ByteBuffer.allocateDirect(ROOM);
            link.dialler().seal(random(100), records);
            SSLEngine engine = link.diallingEngine();
            engine.closeOutbound();
            engine.wrap(ByteBuffer.allocateDirect(0), records);
            ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);

            assertThat(link.listener().open(records.flip(), opened)).isFalse();
            assertThat(opened.position()).isEqualTo(100);
            assertThat(link.listener().open(records, opened)).isFalse();
        }
    }

    /** The JDK's engine can be made to renew its key; BoringSSL only answers. */
    @ParameterizedTest
    @EnumSource
    void follows_the_peer_to_new_keys_and_answers(TlsProvider provider) throws Exception {
        try (var link = new InMemoryTls(TlsProvider.JDK, provider)) {
            for (int round = 0; round < 3; round++) {
                link.diallingEngine().beginHandshake();
                passes(link.dialler(), link.listener());
                passes(link.listener(), link.dialler());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void does_nothing_more_once_closed(TlsProvider provider) throws Exception {
        try (var link = new InMemoryTls(provider, provider)) {
            ByteBuffer records = sealed(link.dialler(), random(1));
            link.dialler().close();
            link.listener().close();
            link.listener().close();

            assertThatThrownBy(() -> sealed(link.dialler(), random(1)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> link.listener().open(records, ByteBuffer.allocateDirect(ROOM)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void ciphers_of_both_providers_understand_each_other() throws Exception {
        try (var link = new InMemoryTls(TlsProvider.BORINGSSL, TlsProvider.JDK)) {
            passes(link.dialler(), link.listener());
            passes(link.listener(), link.dialler());
        }
    }

    private static void passes(TlsRecordCipher from, TlsRecordCipher to) throws IOException {
        ByteBuffer plaintext = random(50_000);
        ByteBuffer opened = ByteBuffer.allocateDirect(ROOM);
        ByteBuffer records = sealed(from, plaintext);
        to.open(records, opened);
        assertThat(opened.flip()).isEqualTo(plaintext.rewind());
        assertThat(records.hasRemaining()).isFalse();
    }

    private static ByteBuffer sealed(TlsRecordCipher cipher, ByteBuffer plaintext)
            throws IOException {
        ByteBuffer records = ByteBuffer.allocateDirect(cipher.sealedLength(plaintext.remaining()));
        cipher.seal(plaintext, records);
        return records.flip();
    }

    private static ByteBuffer random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return ByteBuffer.allocateDirect(length).put(bytes).flip();
    }
}
