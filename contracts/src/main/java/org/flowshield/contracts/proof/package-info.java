/**
 * What a contract holds, shown by the chain's own Merkle proofs (EIP-1186): whoever knows the hash
 * of a block believes nobody else. Pure, but for the port that gets proofs.
 */
@NullMarked
package org.flowshield.contracts.proof;

import org.jspecify.annotations.NullMarked;
