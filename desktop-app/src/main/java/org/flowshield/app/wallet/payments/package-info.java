/** What the service may spend: the purse, its limits, and the channels to providers. */
@NullMarked
package org.flowshield.app.wallet.payments;

import org.jspecify.annotations.NullMarked;
