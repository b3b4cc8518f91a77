/** The messages of Kademlia as values: bounded on reading, without any I/O. */
@NullMarked
package org.flowshield.libp2p.kad.wire;

import org.jspecify.annotations.NullMarked;
