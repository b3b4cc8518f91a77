/**
 * What payment channels are made of: ids, keys, vouchers, and the orders that a relayer may carry.
 */
@NullMarked
package org.flowshield.contracts.payment;

import org.jspecify.annotations.NullMarked;
