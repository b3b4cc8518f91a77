/** How a fullnode catches up with others, none of whom it trusts. */
@NullMarked
package org.flowshield.node.fullnode.sync;

import org.jspecify.annotations.NullMarked;
