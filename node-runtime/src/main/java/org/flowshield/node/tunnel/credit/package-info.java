/** How a session that pays by the byte is counted and held at what was paid for. */
@NullMarked
package org.flowshield.node.tunnel.credit;

import org.jspecify.annotations.NullMarked;
