/** For whom the chain vouches, and how a fullnode hears that it does no longer. */
@NullMarked
package org.flowshield.node.fullnode.standing;

import org.jspecify.annotations.NullMarked;
