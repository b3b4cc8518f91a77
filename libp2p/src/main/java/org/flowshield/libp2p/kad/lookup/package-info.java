/** The search for the peers nearest to a key: a state machine without I/O, and what it collects. */
@NullMarked
package org.flowshield.libp2p.kad.lookup;

import org.jspecify.annotations.NullMarked;
