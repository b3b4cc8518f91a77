/**
 * What a fullnode knows of the market: every listing that was verified and that the chain vouches
 * for, searched in memory and kept in SQLite.
 */
@NullMarked
package org.flowshield.node.fullnode.index;

import org.jspecify.annotations.NullMarked;
