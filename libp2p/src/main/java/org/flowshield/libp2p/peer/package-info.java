/** Who a peer is. */
@NullMarked
package org.flowshield.libp2p.peer;

import org.jspecify.annotations.NullMarked;
