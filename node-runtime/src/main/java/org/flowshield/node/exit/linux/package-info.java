/** The exit by Linux's forwarding and nftables. */
@NullMarked
package org.flowshield.node.exit.linux;

import org.jspecify.annotations.NullMarked;
