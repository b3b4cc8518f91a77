package org.flowshield.node.wallet.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class KeystoreFileFuzzTest {

    @FuzzTest
    void a_keystore_that_is_read_is_written_and_read_again_as_itself(byte[] input)
            throws Exception {
        KeystoreFile file;
        try {
            file = KeystoreFile.parse(input);
        } catch (MalformedKeystoreException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        assertThat(KeystoreFile.parse(file.encode())).isEqualTo(file);
    }

    @FuzzTest
    void a_seed_that_is_read_is_written_and_read_again_as_itself(byte[] input) throws Exception {
        SeedFile file;
        try {
            file = SeedFile.parse(input);
        } catch (MalformedKeystoreException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        assertThat(SeedFile.parse(file.encode())).isEqualTo(file);
    }
}
