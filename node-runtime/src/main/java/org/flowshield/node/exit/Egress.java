package org.flowshield.node.exit;

import java.net.InetAddress;
import java.util.List;

/**
 * The provider's own way to the internet. Immutable.
 *
 * @param ipv4 whether it has one for IPv4
 * @param ipv6 whether it has one for IPv6
 * @param mtu of the link it leaves by, in bytes
 * @param onLink the networks that it is in
 * @param addresses at which others may reach it; none of a tunnel, none that is temporary
 */
public record Egress(
        boolean ipv4, boolean ipv6, int mtu, List<Cidr> onLink, List<InetAddress> addresses) {

    public Egress {
        onLink = List.copyOf(onLink);
        addresses = List.copyOf(addresses);
        if (mtu < 68) { // RFC 791: no link carries less
            throw new IllegalArgumentException("no link has an MTU of " + mtu);
        }
    }
}
