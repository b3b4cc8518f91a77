package org.flowshield.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class PublicKeyFuzzTest {

    @FuzzTest
    void a_key_has_one_encoding(byte[] input) {
        try {
            PublicKey key = PublicKey.parse(input);
            assertThat(key.encoded()).isEqualTo(input);
            assertThat(key.verify(input, input)).isFalse();
        } catch (MalformedKeyException e) {
            assertThat(e.reason()).isNotNull();
        }
    }
}
