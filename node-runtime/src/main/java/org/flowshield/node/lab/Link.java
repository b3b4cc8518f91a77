package org.flowshield.node.lab;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A network between one machine and the router. The addresses are of the documentation ranges (RFC
 * 5737, RFC 3849), which an exit policy does not refuse and nobody's real network uses.
 */
public enum Link {
    CLIENT(Namespace.CLIENT, "198.51.100", "2001:db8:1:"),
    PROVIDER(Namespace.PROVIDER, "203.0.113", "2001:db8:2:"),
    INTERNET(Namespace.INTERNET, "192.0.2", "2001:db8:3:");

    private final Namespace machine;
    private final String v4;
    private final String v6;

    Link(Namespace machine, String v4, String v6) {
        this.machine = machine;
        this.v4 = v4;
        this.v6 = v6;
    }

    /** The machine at the far end from the router. */
    public Namespace machine() {
        return machine;
    }

    public Inet4Address ipv4() {
        return (Inet4Address) InetAddress.ofLiteral(v4 + ".2");
    }

    public Inet6Address ipv6() {
        return (Inet6Address) InetAddress.ofLiteral(v6 + ":2");
    }

    /** The router's own address here: the machine's default gateway. */
    public Inet4Address routerIpv4() {
        return (Inet4Address) InetAddress.ofLiteral(v4 + ".1");
    }

    public Inet6Address routerIpv6() {
        return (Inet6Address) InetAddress.ofLiteral(v6 + ":1");
    }

    /** The network as nft and ip write it. */
    public String subnetV4() {
        return v4 + ".0/24";
    }

    public String subnetV6() {
        return v6 + ":/64";
    }
}
