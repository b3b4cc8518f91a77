/** TCP sockets and the event loops that serve them. */
@NullMarked
package org.flowshield.libp2p.transport;

import org.jspecify.annotations.NullMarked;
