/** Who this machine's node is, which nodes the wallet has, and who others are. */
@NullMarked
package org.flowshield.app.identity;

import org.jspecify.annotations.NullMarked;
