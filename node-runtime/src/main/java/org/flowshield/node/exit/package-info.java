/** The provider's exit: where sessions' packets leave for the internet, and which may not. */
@NullMarked
package org.flowshield.node.exit;

import org.jspecify.annotations.NullMarked;
