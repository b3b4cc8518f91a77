package org.flowshield.node.identity.proofs;

import java.util.Arrays;
import org.flowshield.contracts.proof.StorageProof;

/** What somebody says to a question; it proves itself or is worth nothing. Immutable. */
public sealed interface ProofAnswer {

    /**
     * The header of the block.
     *
     * @param rlp as it was encoded
     */
    record Header(byte[] rlp) implements ProofAnswer {

        public Header {
            rlp = rlp.clone();
        }

        @Override
        public byte[] rlp() {
            return rlp.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Header header && Arrays.equals(rlp, header.rlp);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(rlp);
        }
    }

    /** Nodes of the trees. */
    record Proof(StorageProof nodes) implements ProofAnswer {}

    /** Nothing, and why. */
    record None(Reason reason) implements ProofAnswer {}

    /** Why somebody has no answer. */
    enum Reason {
        UNKNOWN,
        BUSY,
        MALFORMED
    }
}
