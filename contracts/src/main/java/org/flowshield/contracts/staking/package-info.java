/** Stake that providers and verifiers can lose. */
@NullMarked
package org.flowshield.contracts.staking;

import org.jspecify.annotations.NullMarked;
