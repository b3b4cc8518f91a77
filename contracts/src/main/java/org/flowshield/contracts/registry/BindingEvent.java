package org.flowshield.contracts.registry;

import java.util.Arrays;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;

/** What the registry of identities said happened. Immutable. */
public sealed interface BindingEvent {

    EvmAddress wallet();

    Bytes32 nodeKey();

    /** Where in the chain it was said; a reorganisation may unsay it. */
    Log log();

    /**
     * A wallet claims a node key.
     *
     * @param proof the node key's signature over the challenge; the reader verifies it
     */
    record Bound(EvmAddress wallet, Bytes32 nodeKey, long roles, byte[] proof, Log log)
            implements BindingEvent {

        public Bound {
            proof = proof.clone();
        }

        @Override
        public byte[] proof() {
            return proof.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bound bound
                    && log.equals(bound.log)
                    && Arrays.equals(proof, bound.proof);
        }

        @Override
        public int hashCode() {
            return log.hashCode();
        }
    }

    /** The node key is worth nothing from now on. */
    record Revoked(EvmAddress wallet, Bytes32 nodeKey, Log log) implements BindingEvent {}
}
