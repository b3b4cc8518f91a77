package org.flowshield.node.tunnel.path;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;

/**
 * Tells whether a packet comes from, or goes to, a session's inner addresses. Allocates nothing.
 * Immutable, any thread.
 */
final class AddressCheck {

    private final boolean hasV4;
    private final int v4;
    private final boolean hasV6;
    private final long v6High;
    private final long v6Low;

    AddressCheck(InnerAddresses addresses) {
        hasV4 = addresses.v4().isPresent();
        v4 = addresses.v4().map(AddressCheck::bits).orElse(0);
        hasV6 = addresses.v6().isPresent();
        v6High = addresses.v6().map(address -> bits(address, 0)).orElse(0L);
        v6Low = addresses.v6().map(address -> bits(address, Long.BYTES)).orElse(0L);
    }

    static int bits(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    static long bits(Inet6Address address, int from) {
        return ByteBuffer.wrap(address.getAddress()).getLong(from);
    }

    boolean isSource(ByteBuffer batch, int packet, int length) {
        return switch (InnerPacket.version(batch, packet, length)) {
            case 4 -> hasV4 && InnerPacket.sourceV4(batch, packet) == v4;
            case 6 -> isV6(batch, InnerPacket.sourceV6(packet));
            default -> false;
        };
    }

    boolean isDestination(ByteBuffer batch, int packet, int length) {
        return switch (InnerPacket.version(batch, packet, length)) {
            case 4 -> hasV4 && InnerPacket.destinationV4(batch, packet) == v4;
            case 6 -> isV6(batch, InnerPacket.destinationV6(packet));
            default -> false;
        };
    }

    private boolean isV6(ByteBuffer batch, int at) {
        return hasV6 && batch.getLong(at) == v6High && batch.getLong(at + Long.BYTES) == v6Low;
    }
}
