/**
 * A way in through the router at home: it is asked to pass a port on, by PCP, NAT-PMP or UPnP,
 * whichever it speaks.
 */
@NullMarked
package org.flowshield.libp2p.nat;

import org.jspecify.annotations.NullMarked;
