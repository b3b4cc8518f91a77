/**
 * The open market: its network's names, and how much anybody may say there. What providers sign is
 * in {@code listing} and {@code heartbeat}; how it is sorted, and the port to who looks for one, in
 * {@code matching}.
 */
@NullMarked
package org.flowshield.node.market;

import org.jspecify.annotations.NullMarked;
