/** libp2p's perf: how fast bytes go through a stream. */
@NullMarked
package org.flowshield.libp2p.perf;

import org.jspecify.annotations.NullMarked;
