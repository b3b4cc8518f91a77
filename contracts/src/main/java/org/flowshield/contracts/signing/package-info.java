/** Keys of secp256k1, their signatures, and the digests of EIP-712 that they sign. */
@NullMarked
package org.flowshield.contracts.signing;

import org.jspecify.annotations.NullMarked;
