/**
 * Pay per byte: offers, prices, credit windows and the two sides of a paid session as pure state
 * machines. Nothing here touches a socket, a file, the chain or a clock.
 */
@NullMarked
package org.flowshield.node.payment;

import org.jspecify.annotations.NullMarked;
