/** Who a node is, and what its wallet does about that: the values, and the port behind them. */
@NullMarked
package org.flowshield.node.api.identity;

import org.jspecify.annotations.NullMarked;
