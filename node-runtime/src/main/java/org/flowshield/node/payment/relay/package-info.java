/** Carrying orders to the channels contract for clients that have no money for gas. */
@NullMarked
package org.flowshield.node.payment.relay;

import org.jspecify.annotations.NullMarked;
