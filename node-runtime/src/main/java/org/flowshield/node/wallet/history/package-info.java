/**
 * What a wallet sent and received: its own record, which knows what never reached the chain, and
 * what the chain says.
 */
@NullMarked
package org.flowshield.node.wallet.history;

import org.jspecify.annotations.NullMarked;
