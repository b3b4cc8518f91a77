package org.flowshield.node.identity.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.proof.ProofSource;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.node.identity.chain.ProvenRegistry;
import org.junit.jupiter.api.Test;

/** What strangers ask is bounded, remembered, and only ever about the registry. */
final class ProofServiceTest {

    private static final EvmAddress REGISTRY = new EvmAddress(filled(20, 7));
    private static final byte[] HEADER = filled(600, 9);
    private static final Bytes32 HASH = Keccak256.hash(HEADER);

    private final Counting chain = new Counting();
    private long nanos;
    private final ProofService service = new ProofService(chain, REGISTRY, () -> nanos);

    /** A chain that counts how often it is asked. */
    private static final class Counting implements ProofSource {

        private int asked;
        private EvmAddress last = REGISTRY;

        @Override
        public byte[] header(long number) {
            asked++;
            return HEADER.clone();
        }

        @Override
        public StorageProof proof(EvmAddress contract, Bytes32 slot, long block) {
            asked++;
            last = contract;
            return new StorageProof(List.of(new byte[] {1}), List.of(new byte[] {2}));
        }
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static ProofQuery query(long number, int slot) {
        return new ProofQuery(
                new ProvenRegistry.Block(number, HASH),
                slot == 0 ? Optional.empty() : Optional.of(new Bytes32(filled(32, slot))));
    }

    private ProofAnswer answer(ProofQuery query) {
        return service.answer(query, Optional.empty());
    }

    @Test
    void what_was_asked_lately_is_answered_from_memory() {
        assertThat(answer(query(5, 0))).isEqualTo(new ProofAnswer.Header(HEADER));
        assertThat(answer(query(5, 0))).isEqualTo(new ProofAnswer.Header(HEADER));
        assertThat(chain.asked).isEqualTo(1);
    }

    @Test
    void a_block_that_the_number_does_not_name_any_more_is_unknown() {
        ProofQuery other =
                new ProofQuery(
                        new ProvenRegistry.Block(5, Keccak256.hash("another")), Optional.empty());
        assertThat(answer(other)).isEqualTo(new ProofAnswer.None(ProofAnswer.Reason.UNKNOWN));
    }

    @Test
    void proofs_are_of_the_registry_alone() {
        assertThat(answer(query(5, 1))).isInstanceOf(ProofAnswer.Proof.class);
        assertThat(chain.last).isEqualTo(REGISTRY);
    }

    @Test
    void a_flood_is_told_to_go_elsewhere_and_costs_the_chain_no_more() {
        for (int i = 0; i < 10_000; i++) {
            ProofAnswer _ = answer(query(i, 0));
        }
        assertThat(chain.asked).isEqualTo(ProofLimits.AT_ONCE);
        assertThat(answer(query(10_000, 0)))
                .isEqualTo(new ProofAnswer.None(ProofAnswer.Reason.BUSY));
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(answer(query(10_001, 0))).isInstanceOf(ProofAnswer.Header.class);
    }

    @Test
    void a_flood_from_one_network_leaves_half_for_the_others() {
        Network flooding = new Network(true, 1);
        Network other = new Network(true, 2);
        for (int i = 0; i < 10_000; i++) {
            ProofAnswer _ = service.answer(query(i, 0), Optional.of(flooding));
        }
        assertThat(chain.asked).isEqualTo((int) (ProofLimits.SHARE * ProofLimits.AT_ONCE));
        assertThat(service.answer(query(10_000, 0), Optional.of(other)))
                .isInstanceOf(ProofAnswer.Header.class);
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(service.answer(query(10_001, 0), Optional.of(flooding)))
                .isInstanceOf(ProofAnswer.Header.class);
    }

    @Test
    void messages_that_are_too_long_or_hold_other_things_are_refused() {
        for (byte[] bad :
                List.of(new byte[ProofWire.MAX_QUERY + 1], new byte[] {1}, new byte[] {18, 1, 5})) {
            assertThatExceptionOfType(MalformedProofMessageException.class)
                    .isThrownBy(() -> ProofWire.parseQuery(bad));
        }
        byte[] manyNodes =
                ProofWire.encode(
                        new ProofAnswer.Proof(
                                new StorageProof(
                                        java.util.Collections.nCopies(65, new byte[] {1}),
                                        List.of())));
        assertThatExceptionOfType(MalformedProofMessageException.class)
                .isThrownBy(() -> ProofWire.parseAnswer(manyNodes));
        assertThatExceptionOfType(MalformedProofMessageException.class)
                .isThrownBy(() -> ProofWire.parseAnswer(new byte[ProofWire.MAX_ANSWER + 1]));
    }
}
