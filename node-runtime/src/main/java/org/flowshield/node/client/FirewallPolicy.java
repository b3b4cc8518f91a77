package org.flowshield.node.client;

import java.net.InetAddress;
import java.util.List;
import org.flowshield.node.routing.RoutePlan;

/** What may leave the machine outside of the tunnel's device. Immutable. */
sealed interface FirewallPolicy {

    /** Everything, as if the product were not there. */
    record Open() implements FirewallPolicy {}

    /** The product's own sockets, neighbours on the link and DHCP. All else is unreachable. */
    record Blocked() implements FirewallPolicy {}

    /**
     * The same as when blocked; all else goes into the tunnel's device, or is unreachable in a
     * family that the tunnel does not carry.
     *
     * @param dns who answers names inside of the tunnel; empty if nobody does
     */
    record Tunnel(RoutePlan routes, List<InetAddress> dns) implements FirewallPolicy {
        public Tunnel {
            dns = List.copyOf(dns);
        }
    }
}
