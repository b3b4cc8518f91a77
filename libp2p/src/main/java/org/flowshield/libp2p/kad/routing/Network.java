package org.flowshield.libp2p.kad.routing;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/**
 * What one customer of a hoster has for little money: an IPv4 /24, or an IPv6 /48. Peers of one
 * network are counted together. Immutable.
 *
 * @param v4 of which of the two
 * @param prefix the upper bits of the address, the rest zero
 */
public record Network(boolean v4, long prefix) {

    private static final int V4_BYTES = 4;
    private static final long V4_MASK = 0xffffff00L;

    /** The upper 48 of the 64 bits that are kept. */
    private static final long V6_MASK = -1L << 16;

    private static final int MAPPED_PREFIX = 12;

    /** The network of an address that is reached through the internet; relayed ones have none. */
    public static Optional<Network> of(Multiaddr address) {
        return address.isRelayed() ? Optional.empty() : address.ip().map(Network::of);
    }

    public static Network of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == V4_BYTES) {
            return new Network(true, ByteBuffer.wrap(bytes).getInt() & V4_MASK);
        }
        ByteBuffer long6 = ByteBuffer.wrap(bytes);
        if (long6.getLong(0) == 0 && long6.getInt(Long.BYTES) == 0xffff) {
            return new Network(true, long6.getInt(MAPPED_PREFIX) & V4_MASK);
        }
        return new Network(false, long6.getLong(0) & V6_MASK);
    }
}
