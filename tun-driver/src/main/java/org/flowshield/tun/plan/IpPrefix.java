package org.flowshield.tun.plan;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.flowshield.tun.TunAddress;

/**
 * All addresses that begin alike. Immutable.
 *
 * @param network the first of them: its other bits are zero
 * @param length how many bits are alike
 */
public record IpPrefix(InetAddress network, int length) {

    /**
     * Every IPv4 address, in two halves: longer than a default route, so that they win over each
     * without touching it.
     */
    public static final List<IpPrefix> ALL_IPV4 = List.of(parse("0.0.0.0/1"), parse("128.0.0.0/1"));

    /** Every IPv6 address, in two halves. */
    public static final List<IpPrefix> ALL_IPV6 = List.of(parse("::/1"), parse("8000::/1"));

    public IpPrefix {
        byte[] bytes = network.getAddress();
        int bits = bytes.length * Byte.SIZE;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("a prefix length is 0 to " + bits);
        }
        for (int bit = length; bit < bits; bit++) {
            if ((bytes[bit / Byte.SIZE] & (0x80 >>> (bit % Byte.SIZE))) != 0) {
                throw new IllegalArgumentException(
                        network.getHostAddress() + " is not the first address of a /" + length);
            }
        }
    }

    /** One address alone, without its scope: a route's device says which link is meant. */
    public static IpPrefix host(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new IpPrefix(byAddress(bytes), bytes.length * Byte.SIZE);
    }

    /** What is reached through a device's address. */
    public static IpPrefix of(TunAddress address) {
        byte[] bytes = address.address().getAddress();
        for (int bit = address.prefixLength(); bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >>> (bit % Byte.SIZE));
        }
        return new IpPrefix(byAddress(bytes), address.prefixLength());
    }

    private static InetAddress byAddress(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }

    /**
     * Reads {@code ADDRESS/LENGTH}; no names.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not an ADDRESS/LENGTH: " + text);
        }
        return new IpPrefix(
                InetAddress.ofLiteral(text.substring(0, slash)),
                Integer.parseUnsignedInt(text.substring(slash + 1)));
    }

    public boolean isIpv6() {
        return network instanceof Inet6Address;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + length;
    }
}
