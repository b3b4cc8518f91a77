/** What a voucher costs its signer and its taker. */
@NullMarked
package org.flowshield.bench.vouchers;

import org.jspecify.annotations.NullMarked;
