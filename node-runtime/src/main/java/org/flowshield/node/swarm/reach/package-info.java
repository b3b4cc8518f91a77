/** Peers that dial each other back, so that each knows where it can be reached. */
@NullMarked
package org.flowshield.node.swarm.reach;

import org.jspecify.annotations.NullMarked;
