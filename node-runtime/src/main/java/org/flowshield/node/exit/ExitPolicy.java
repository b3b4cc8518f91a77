package org.flowshield.node.exit;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a session's packets may go. What is allowed goes before what is refused; what is neither
 * may go, except mail. Immutable.
 *
 * @param allowed what the operator has opened
 * @param refused all that is no public destination, and the provider's own networks
 */
public record ExitPolicy(List<Cidr> allowed, List<Cidr> refused) {

    /** Mail from strangers' machines is spam, and costs the provider its address's good name. */
    public static final int REFUSED_PORT = 25;

    /**
     * The special-purpose registries of IANA, without the ranges for documentation (they lead
     * nowhere on the internet, and a lab is built from them); and multicast. Of IPv6 all that is
     * not global unicast, 2000::/3.
     */
    private static final List<String> SPECIAL_PURPOSE =
            List.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/3", // with ::1, ::ffff:0:0/96, 64:ff9b::/96 and 100::/64
                    "2001::/23",
                    "2002::/16",
                    "2620:4f:8000::/48",
                    "4000::/2", // with 5f00::/16
                    "8000::/1"); // with fc00::/7, fe80::/10 and ff00::/8

    public ExitPolicy {
        allowed = List.copyOf(allowed);
        refused = List.copyOf(refused);
    }

    /**
     * The policy of a provider.
     *
     * @param opened by the operator
     * @param onLink the networks that the provider is in
     */
    public static ExitPolicy of(List<Cidr> opened, List<Cidr> onLink) {
        return new ExitPolicy(
                opened,
                Stream.concat(SPECIAL_PURPOSE.stream().map(Cidr::parse), onLink.stream())
                        .distinct()
                        .toList());
    }

    /** Whether packets to this address may go; the port is another matter. */
    public boolean permits(InetAddress destination) {
        return allowed.stream().anyMatch(range -> range.contains(destination))
                || refused.stream().noneMatch(range -> range.contains(destination));
    }

    /** The ranges of one family. */
    private static List<Cidr> family(List<Cidr> ranges, boolean ipv4) {
        List<Cidr> family = new ArrayList<>(ranges);
        family.removeIf(range -> range.isIpv4() != ipv4);
        return family;
    }

    public List<Cidr> allowed(boolean ipv4) {
        return family(allowed, ipv4);
    }

    public List<Cidr> refused(boolean ipv4) {
        return family(refused, ipv4);
    }
}
