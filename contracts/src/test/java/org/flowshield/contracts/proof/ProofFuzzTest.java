package org.flowshield.contracts.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.List;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.junit.jupiter.api.Test;

/** Whatever is served as a proof or a header is one, or is refused with a reason. */
final class ProofFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void any_bytes_are_one_encoding_or_none(byte[] input) {
        try {
            Rlp item = Rlp.parse(input);
            assertThat(encode(item)).isEqualTo(input);
        } catch (MalformedProofException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    private static byte[] encode(Rlp item) {
        return switch (item) {
            case Rlp.Text text -> Rlp.encode(text.bytes());
            case Rlp.Items list ->
                    Rlp.encodeList(list.items().stream().map(ProofFuzzTest::encode).toList());
        };
    }

    @FuzzTest(maxDuration = "20s")
    void any_header_is_read_or_refused(byte[] input) {
        try {
            assertThat(BlockHeader.parse(input).hash()).isEqualTo(Keccak256.hash(input));
        } catch (MalformedProofException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    /** The attacker has made the tree's root too, so that nodes are read. */
    @FuzzTest(maxDuration = "20s")
    void any_node_is_followed_or_refused(byte[] input) {
        try {
            MerkleTrie.value(Keccak256.hash(input), new byte[Bytes32.LENGTH], List.of(input));
        } catch (MalformedProofException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @Test
    void nothing_proves_nothing() {
        StorageProof nothing = new StorageProof(List.of(), List.of());
        BlockHeader header = new BlockHeader(1, Bytes32.ZERO, Instant.EPOCH, Bytes32.ZERO);
        assertThat(
                        catchThrowableOfType(
                                        MalformedProofException.class,
                                        () -> nothing.word(header, EvmAddress.ZERO, Bytes32.ZERO))
                                .reason())
                .isEqualTo(MalformedProofException.Reason.INCOMPLETE);
    }
}
