/** Offers and payments as they go over the wire; payment.proto says what each field means. */
@NullMarked
package org.flowshield.node.payment.wire;

import org.jspecify.annotations.NullMarked;
