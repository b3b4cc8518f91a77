/** Statements that a peer signed and that others may pass on. */
@NullMarked
package org.flowshield.libp2p.record;

import org.jspecify.annotations.NullMarked;
