package org.flowshield.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;

/**
 * Whatever a peer shows as its certificate is refused with a reason: nobody can sign for this key.
 */
final class IdentityFuzzTest {

    private static final NodeKey KEY = new NodeKey(Bytes32.ZERO);
    private static final Instant NOW = Instant.parse("2027-01-31T12:00:00Z");

    @FuzzTest(maxDuration = "20s")
    void any_bytes_are_refused_with_a_reason(byte[] input) {
        try {
            IdentityCertificate.open(input, KEY, new ChainId(31337), NOW);
            throw new AssertionError("a certificate without a key's signature was taken");
        } catch (MalformedIdentityException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @FuzzTest
    void a_hint_that_is_read_is_written_as_it_was(byte[] data) {
        RevocationHint.parse(data).ifPresent(hint -> assertThat(hint.encode()).isEqualTo(data));
    }
}
