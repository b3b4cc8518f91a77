package org.flowshield.tun;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address of a device and the length of the prefix that is reached through it. Immutable.
 *
 * @param address the device's own address
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record TunAddress(InetAddress address, int prefixLength) {

    public TunAddress {
        int bits = address.getAddress().length * Byte.SIZE;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    "the prefix length of " + address.getHostAddress() + " must be 0 to " + bits);
        }
    }

    /**
     * Reads {@code ADDRESS/PREFIX}, for instance {@code 100.64.0.2/24}; no names.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static TunAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not an ADDRESS/PREFIX: " + text);
        }
        return new TunAddress(
                InetAddress.ofLiteral(text.substring(0, slash)),
                Integer.parseUnsignedInt(text.substring(slash + 1)));
    }

    /** True for IPv6. */
    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
