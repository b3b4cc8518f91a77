/** Whether the chain vouches for who is found: the node is its wallet's, and the wallet staked. */
@NullMarked
package org.flowshield.node.finder.backing;

import org.jspecify.annotations.NullMarked;
