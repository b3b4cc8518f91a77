package org.flowshield.node.exit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of addresses. Immutable.
 *
 * @param address its first; the bits behind the prefix are zero
 * @param length bits of the prefix
 */
public record Cidr(InetAddress address, int length) {

    public Cidr {
        int bits = address.getAddress().length * Byte.SIZE;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("a prefix of " + length + " bits");
        }
        if (!Arrays.equals(masked(address.getAddress(), length), address.getAddress())) {
            throw new IllegalArgumentException("bits are set behind the prefix");
        }
    }

    /**
     * Reads {@code 192.0.2.0/24} or {@code 2001:db8::/32}, or a single address.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new Cidr(address, address.getAddress().length * Byte.SIZE);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("'" + text + "' has no prefix length");
        }
        Cidr range = network(address, Integer.parseInt(length));
        if (!range.address().equals(address)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has bits behind the prefix; did you mean " + range + "?");
        }
        return range;
    }

    /** The range of so many bits in which an address lies. */
    public static Cidr network(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        if (length > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException("a prefix of " + length + " bits");
        }
        try {
            return new Cidr(InetAddress.getByAddress(masked(bytes, length)), length);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("its length comes from an address", e);
        }
    }

    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bytes.length == address.getAddress().length
                && Arrays.equals(masked(bytes, length), address.getAddress());
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }

    private static InetAddress literal(String text) {
        boolean ipv4 = text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        if (!ipv4 && text.indexOf(':') < 0) {
            throw new IllegalArgumentException("'" + text + "' is no IP address");
        }
        return InetAddress.ofLiteral(text);
    }

    private static byte[] masked(byte[] bytes, int length) {
        byte[] masked = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int keep = Math.clamp(length - (long) i * Byte.SIZE, 0, Byte.SIZE);
            masked[i] = (byte) (bytes[i] & (0xff00 >> keep));
        }
        return masked;
    }
}
