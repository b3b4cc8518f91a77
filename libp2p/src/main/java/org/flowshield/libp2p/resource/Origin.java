package org.flowshield.libp2p.resource;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What connections are counted by: an IPv4 address, or the /56 of an IPv6 address, because whoever
 * has one address of a /56 has all of them. An IPv4 address in IPv6's form counts as IPv4.
 *
 * @param v4 of which of the two
 * @param prefix the IPv4 address, or the upper 64 bits of the IPv6 address with the last 8 zero
 */
public record Origin(boolean v4, long prefix) {

    private static final int V4_BYTES = 4;
    private static final int MAPPED_PREFIX_BYTES = 12;
    private static final long NETWORK_MASK = -1L << (64 - 56);

    /** An IPv4 /16 is about what one provider has in one place. */
    private static final int V4_REGION_SHIFT = 16;

    /** An IPv6 /32 is what one provider has. */
    private static final int V6_REGION_SHIFT = 32;

    static Origin of(InetAddress address) {
        byte[] bytes = unmapped(address.getAddress());
        return bytes.length == V4_BYTES
                ? new Origin(true, ByteBuffer.wrap(bytes).getInt() & 0xffffffffL)
                : new Origin(false, ByteBuffer.wrap(bytes).getLong() & NETWORK_MASK);
    }

    static boolean isLoopback(InetAddress address) {
        byte[] bytes = unmapped(address.getAddress());
        return bytes.length == V4_BYTES ? bytes[0] == 127 : address.isLoopbackAddress();
    }

    private static byte[] unmapped(byte[] address) {
        if (address.length == V4_BYTES || address[10] != -1 || address[11] != -1) {
            return address;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return address;
            }
        }
        return Arrays.copyOfRange(address, MAPPED_PREFIX_BYTES, address.length);
    }

    /** The larger network that this is in. */
    Origin region() {
        int shift = v4 ? V4_REGION_SHIFT : V6_REGION_SHIFT;
        return new Origin(v4, prefix >>> shift << shift);
    }

    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(v4 ? V4_BYTES : 2 * Long.BYTES);
        try {
            return v4
                    ? InetAddress.getByAddress(bytes.putInt((int) prefix).array()).getHostAddress()
                    : Inet6Address.getByAddress(bytes.putLong(prefix).array()).getHostAddress()
                            + "/56";
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
