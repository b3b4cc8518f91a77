/** What the two sides of a session say to each other, and how it looks on the wire. */
@NullMarked
package org.flowshield.node.tunnel.control;

import org.jspecify.annotations.NullMarked;
