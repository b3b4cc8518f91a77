/**
 * Kademlia over a host: a distributed hash table of values, providers and peers. {@link
 * org.flowshield.libp2p.kad.Dht} is its front.
 */
@NullMarked
package org.flowshield.libp2p.kad;

import org.jspecify.annotations.NullMarked;
