/** Receiving money: an address that can be compared, copied and scanned. */
@NullMarked
package org.flowshield.app.wallet.receive;

import org.jspecify.annotations.NullMarked;
