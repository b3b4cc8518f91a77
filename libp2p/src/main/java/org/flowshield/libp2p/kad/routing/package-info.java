/** Who is where in the key space: identifiers, and the table of peers. Pure, without any I/O. */
@NullMarked
package org.flowshield.libp2p.kad.routing;

import org.jspecify.annotations.NullMarked;
