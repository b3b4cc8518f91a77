/** Self-describing network addresses. */
@NullMarked
package org.flowshield.libp2p.multiaddr;

import org.jspecify.annotations.NullMarked;
