package org.flowshield.node.tunnel.control;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.tunnel.path.InnerAddresses;

/**
 * The network that a provider gives to a session. Immutable.
 *
 * @param inner the client's addresses
 * @param gateway4 the provider's inner address; present if {@code inner} has an IPv4
 * @param gateway6 the provider's inner address; present if {@code inner} has an IPv6
 * @param dns resolvers inside the tunnel; empty if the provider has none
 * @param mtu of the client's device, in bytes
 */
public record Grant(
        InnerAddresses inner,
        Optional<Inet4Address> gateway4,
        Optional<Inet6Address> gateway6,
        List<InetAddress> dns,
        int mtu) {

    /** What IPv6 demands of every link (RFC 8200 section 5). */
    public static final int MIN_MTU = 1280;

    /** The longest IPv4 packet. */
    public static final int MAX_MTU = 65_535;

    /** glibc looks at three; one more does no harm. */
    public static final int MAX_DNS = 4;

    public Grant {
        dns = List.copyOf(dns);
        if (mtu < MIN_MTU || mtu > MAX_MTU) {
            throw new IllegalArgumentException("no usable MTU: " + mtu);
        }
        if (dns.size() > MAX_DNS) {
            throw new IllegalArgumentException("more than " + MAX_DNS + " resolvers");
        }
        if (inner.v4().isPresent() != gateway4.isPresent()
                || inner.v6().isPresent() != gateway6.isPresent()) {
            throw new IllegalArgumentException("each inner address needs its gateway");
        }
    }

    /**
     * True if a provider may give this address to a client or use it as its gateway: it lies in
     * 100.64.0.0/10 (RFC 6598) or fd00::/8 (RFC 4193), and so in no network of the client's.
     */
    public static boolean isInner(InetAddress address) {
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address _ -> bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
            case Inet6Address _ -> Byte.toUnsignedInt(bytes[0]) == 0xfd;
            default -> false;
        };
    }
}
