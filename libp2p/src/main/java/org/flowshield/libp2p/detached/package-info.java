/** A connection that has left its event loop and is driven by threads of its owner. */
@NullMarked
package org.flowshield.libp2p.detached;

import org.jspecify.annotations.NullMarked;
