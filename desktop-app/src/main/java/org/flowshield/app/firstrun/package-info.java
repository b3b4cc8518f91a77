/** The way from a fresh installation to a wallet whose words are kept and a service that runs. */
@NullMarked
package org.flowshield.app.firstrun;

import org.jspecify.annotations.NullMarked;
