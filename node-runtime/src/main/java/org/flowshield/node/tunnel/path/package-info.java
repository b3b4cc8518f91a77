/** The way of a packet between the TUN device and the lanes. */
@NullMarked
package org.flowshield.node.tunnel.path;

import org.jspecify.annotations.NullMarked;
