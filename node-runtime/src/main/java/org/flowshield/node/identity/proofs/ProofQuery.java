package org.flowshield.node.identity.proofs;

import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.node.identity.chain.ProvenRegistry;

/**
 * A question about a block. Immutable.
 *
 * @param slot of the registry that a proof is wanted for; empty to ask for the header
 */
public record ProofQuery(ProvenRegistry.Block block, Optional<Bytes32> slot) {}
