/** The wallet's screen: what there is, and the pages on which it is moved. */
@NullMarked
package org.flowshield.app.wallet;

import org.jspecify.annotations.NullMarked;
