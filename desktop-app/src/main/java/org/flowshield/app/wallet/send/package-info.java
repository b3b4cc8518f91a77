/** Sending money: checked while it is typed, confirmed on a page of its own. */
@NullMarked
package org.flowshield.app.wallet.send;

import org.jspecify.annotations.NullMarked;
