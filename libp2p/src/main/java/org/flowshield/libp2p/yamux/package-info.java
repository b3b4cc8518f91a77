/** yamux: many streams on one connection, each with a window of its own. */
@NullMarked
package org.flowshield.libp2p.yamux;

import org.jspecify.annotations.NullMarked;
