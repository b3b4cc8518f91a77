/** The packet path against plain forwarding, wireguard-go and OpenVPN. */
@NullMarked
package org.flowshield.bench.tunnel;

import org.jspecify.annotations.NullMarked;
