/**
 * Finding peers of the same network without asking anybody outside: multicast DNS (libp2p
 * specification, discovery/mdns).
 */
@NullMarked
package org.flowshield.libp2p.mdns;

import org.jspecify.annotations.NullMarked;
