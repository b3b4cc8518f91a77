package org.flowshield.contracts.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.flowshield.contracts.evm.Bytes32;

final class SignatureFuzzTest {

    @FuzzTest
    void a_signature_is_somebodys_or_refused(byte[] input) {
        try {
            Signature signature = Signature.parse(input);
            assertThat(signature.bytes()).isEqualTo(input);
            assertThat(signature.recover(Bytes32.ZERO)).isNotNull();
        } catch (MalformedSignatureException e) {
            assertThat(e.reason()).isNotNull();
        }
    }
}
