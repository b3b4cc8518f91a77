/**
 * What a router remembers, each within bounds: messages, ids, rates, times outside a mesh. Pure.
 */
@NullMarked
package org.flowshield.libp2p.pubsub.memory;

import org.jspecify.annotations.NullMarked;
