/** Carrying orders to the contracts for those who have no money for gas. */
@NullMarked
package org.flowshield.node.payment.relay;

import org.jspecify.annotations.NullMarked;
