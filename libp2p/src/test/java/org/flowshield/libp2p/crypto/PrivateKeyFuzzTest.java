package org.flowshield.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class PrivateKeyFuzzTest {

    @FuzzTest
    void a_key_signs_what_its_public_half_verifies(byte[] input) {
        try (PrivateKey key = PrivateKey.parse(input)) {
            assertThat(key.publicKey().verify(input, key.sign(input))).isTrue();
        } catch (MalformedKeyException e) {
            assertThat(e.reason()).isNotNull();
        }
    }
}
