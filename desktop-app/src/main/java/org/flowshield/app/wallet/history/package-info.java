/** What was sent and received, and what became of it. */
@NullMarked
package org.flowshield.app.wallet.history;

import org.jspecify.annotations.NullMarked;
