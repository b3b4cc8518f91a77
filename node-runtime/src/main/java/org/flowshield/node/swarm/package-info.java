/**
 * A node's place among its peers: the libp2p host that all its serving roles share, with the DHT
 * and pubsub on it.
 */
@NullMarked
package org.flowshield.node.swarm;

import org.jspecify.annotations.NullMarked;
