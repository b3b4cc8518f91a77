package org.flowshield.node.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.routing.RoutePlan;

/** What may leave the machine outside of the tunnel's device. Immutable. */
sealed interface FirewallPolicy {

    /** Everything, as if the product were not there. */
    record Open() implements FirewallPolicy {
        @Override
        public FirewallPolicy under(ClientSettings settings) {
            return this;
        }
    }

    /**
     * The product's own sockets, neighbours on the link and DHCP. All else is unreachable.
     *
     * @param lan whether devices of the local network may be reached beside these
     */
    record Blocked(boolean lan) implements FirewallPolicy {

        /** As it is where nothing was chosen. */
        Blocked() {
            this(false);
        }

        @Override
        public FirewallPolicy under(ClientSettings settings) {
            return new Blocked(settings.lan());
        }
    }

    /**
     * The same as when blocked; all else goes into the tunnel's device, or is unreachable in a
     * family that the tunnel does not carry.
     *
     * @param dns who is asked for names; empty if nobody is known who could be. One of a family
     *     that the tunnel does not carry does not answer
     * @param lan whether devices of the local network may be reached beside it
     */
    record Tunnel(RoutePlan routes, List<InetAddress> dns, boolean lan) implements FirewallPolicy {
        public Tunnel {
            dns = List.copyOf(dns);
        }

        /** As the provider granted it. */
        Tunnel(RoutePlan routes, List<InetAddress> dns) {
            this(routes, dns, false);
        }

        @Override
        public Tunnel under(ClientSettings settings) {
            List<DnsServer> chosen = settings.dns();
            return new Tunnel(routes, chosen.isEmpty() ? dns : asked(chosen), settings.lan());
        }

        /** Of those who are asked for names: to whom the tunnel leads. */
        List<InetAddress> reached() {
            return dns.stream().filter(this::carries).toList();
        }

        private boolean carries(InetAddress server) {
            return server instanceof Inet4Address ? routes.ipv4() : routes.ipv6();
        }

        /**
         * If the tunnel leads to none of those who were chosen they are asked in vain: nobody else
         * is to hear of the names.
         */
        private List<InetAddress> asked(List<DnsServer> chosen) {
            List<InetAddress> all = chosen.stream().map(DnsServer::address).toList();
            List<InetAddress> carried = all.stream().filter(this::carries).toList();
            return carried.isEmpty() ? all : carried;
        }
    }

    /**
     * The same as a person has chosen it to be; this one is as the state or the provider has it.
     */
    FirewallPolicy under(ClientSettings settings);
}
