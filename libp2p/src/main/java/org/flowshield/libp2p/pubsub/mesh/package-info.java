/**
 * Gossipsub's router: who gets which message, who is in the mesh, what is asked of whom. It has no
 * sockets, threads or clock; a simulation runs the same code as a node.
 */
@NullMarked
package org.flowshield.libp2p.pubsub.mesh;

import org.jspecify.annotations.NullMarked;
