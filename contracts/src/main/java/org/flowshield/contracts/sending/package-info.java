/** From a call to a confirmed transaction: price, nonce, signature, waiting. */
@NullMarked
package org.flowshield.contracts.sending;

import org.jspecify.annotations.NullMarked;
