/**
 * The role that knows the market: hears what providers sign, keeps what the chain vouches for, and
 * answers whoever looks for one. Nobody has to trust it.
 */
@NullMarked
package org.flowshield.node.fullnode;

import org.jspecify.annotations.NullMarked;
