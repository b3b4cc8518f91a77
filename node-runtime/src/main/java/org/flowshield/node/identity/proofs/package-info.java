/**
 * The registry for who has no way to the chain: nodes that have one serve headers and storage
 * proofs, which nobody has to believe ({@link org.flowshield.node.identity.chain.ProvenRegistry}).
 */
@NullMarked
package org.flowshield.node.identity.proofs;

import org.jspecify.annotations.NullMarked;
