package org.flowshield.node.exit;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where sessions' packets may go: the public internet and what the operator opens, nowhere near the
 * provider itself. Immutable.
 *
 * @param allowed opened although the rest of the policy refuses it, any port
 * @param onLink the networks that the provider is in
 * @param refusedPorts of TCP
 * @param maxFlows that a session may have at a time
 */
public record ExitPolicy(
        List<Cidr> allowed, List<Cidr> onLink, Set<Integer> refusedPorts, int maxFlows) {

    /** Mail from strangers' machines is spam, and costs the provider its address's good name. */
    public static final Set<Integer> MAIL = Set.of(25);

    /**
     * A browser with many pages open needs some hundreds, a file sharer more than a thousand; a
     * hundred sessions that use all of theirs leave a fifth of the kernel's usual table.
     */
    public static final int DEFAULT_MAX_FLOWS = 2048;

    /** A kernel's whole table on a small machine. */
    public static final int MOST_FLOWS = 65_536;

    /**
     * The special-purpose registries of IANA, without the ranges for documentation (they lead
     * nowhere on the internet, and a lab is built from them); and multicast. Of IPv6 all that is
     * not global unicast, 2000::/3.
     */
    private static final List<Cidr> SPECIAL_PURPOSE =
            Stream.of(
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
                            "8000::/1") // with fc00::/7, fe80::/10 and ff00::/8
                    .map(Cidr::parse)
                    .toList();

    public ExitPolicy {
        allowed = List.copyOf(allowed);
        onLink = onLink.stream().distinct().toList();
        refusedPorts = Set.copyOf(refusedPorts);
        if (refusedPorts.stream().anyMatch(port -> port < 1 || port > 0xffff)) {
            throw new IllegalArgumentException("no port of TCP: " + new TreeSet<>(refusedPorts));
        }
        if (maxFlows < 1 || maxFlows > MOST_FLOWS) {
            throw new IllegalArgumentException("1 to " + MOST_FLOWS + " flows of a session");
        }
    }

    /**
     * The policy of a provider that nobody has configured.
     *
     * @param opened by the operator
     * @param onLink the networks that the provider is in
     */
    public static ExitPolicy of(List<Cidr> opened, List<Cidr> onLink) {
        return new ExitPolicy(opened, onLink, MAIL, DEFAULT_MAX_FLOWS);
    }

    /** The same for a provider that is in other networks now. */
    public ExitPolicy withOnLink(List<Cidr> now) {
        return new ExitPolicy(allowed, now, refusedPorts, maxFlows);
    }

    /** What nobody's policy lets out unless the operator opens it. */
    public static List<Cidr> specialPurpose() {
        return SPECIAL_PURPOSE;
    }

    /** Whether packets to this address may go; the port is another matter. */
    public boolean permits(InetAddress destination) {
        return contains(allowed, destination)
                || !(contains(SPECIAL_PURPOSE, destination) || contains(onLink, destination));
    }

    private static boolean contains(List<Cidr> ranges, InetAddress destination) {
        return ranges.stream().anyMatch(range -> range.contains(destination));
    }
}
