/** libp2p's ping: is the peer there, and how far away. */
@NullMarked
package org.flowshield.libp2p.ping;

import org.jspecify.annotations.NullMarked;
