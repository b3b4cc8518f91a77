package org.flowshield.tun.macos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.flowshield.tun.TunAddress;

/**
 * The structures that go into Darwin's calls (sys/kern_control.h, net/if.h, netinet/in_var.h,
 * netinet6/in6_var.h), byte for byte. Numbers are little-endian, as every Mac is, addresses in the
 * network's order. Stateless.
 */
final class DarwinStruct {

    /** {@code struct ctl_info}: an id that the kernel fills in, and the control's name. */
    static final int CONTROL_INFO_SIZE = 100;

    static final int CONTROL_INFO_ID = 0;
    private static final int CONTROL_INFO_NAME = 4;
    private static final int MAX_CONTROL_NAME = 96;

    /** {@code struct sockaddr_ctl}. */
    static final int CONTROL_ADDRESS_SIZE = 32;

    private static final int CONTROL_ADDRESS_SYSTEM = 2;
    private static final int CONTROL_ADDRESS_ID = 4;
    private static final int CONTROL_ADDRESS_UNIT = 8;

    /** {@code struct ifreq}: a name and a union. */
    static final int REQUEST_SIZE = 32;

    static final int MAX_NAME = 16;
    static final int REQUEST_FLAGS = 16;
    private static final int REQUEST_MTU = 16;

    /** {@code struct ifaliasreq}: a name, and address, far address and mask. */
    static final int ALIAS_SIZE = 64;

    private static final int ALIAS_ADDRESS = 16;
    private static final int ALIAS_DESTINATION = 32;
    private static final int ALIAS_MASK = 48;

    /** {@code struct in6_aliasreq}: the same, flags, and lifetimes. */
    static final int ALIAS6_SIZE = 128;

    private static final int ALIAS6_ADDRESS = 16;
    private static final int ALIAS6_MASK = 72;
    private static final int ALIAS6_FLAGS = 100;
    private static final int ALIAS6_VALID = 120;
    private static final int ALIAS6_PREFERRED = 124;

    /** {@code struct sockaddr_in}: its own length, family, port, address. */
    private static final int SOCKET_ADDRESS_SIZE = 16;

    private static final int SOCKET_ADDRESS_BYTES = 4;

    /** {@code struct sockaddr_in6}: its own length, family, port, flow, address, scope. */
    private static final int SOCKET_ADDRESS6_SIZE = 28;

    private static final int SOCKET_ADDRESS6_BYTES = 8;

    /** Nobody else is on the link who could have the address. */
    private static final int IN6_IFF_NODAD = 0x20;

    private static final int FOREVER = -1;

    private DarwinStruct() {}

    static byte[] controlInfo(String control) {
        ByteBuffer info = of(CONTROL_INFO_SIZE);
        putName(info, CONTROL_INFO_NAME, MAX_CONTROL_NAME, control);
        return bytes(info);
    }

    /**
     * @param unit one more than the device's number; 0 for the next that is free
     */
    static byte[] controlAddress(int id, int unit) {
        return bytes(
                of(CONTROL_ADDRESS_SIZE)
                        .put(0, (byte) CONTROL_ADDRESS_SIZE)
                        .put(1, (byte) Darwin.PF_SYSTEM)
                        .putShort(CONTROL_ADDRESS_SYSTEM, (short) Darwin.AF_SYS_CONTROL)
                        .putInt(CONTROL_ADDRESS_ID, id)
                        .putInt(CONTROL_ADDRESS_UNIT, unit));
    }

    static byte[] request(String device) {
        ByteBuffer request = of(REQUEST_SIZE);
        putName(request, 0, MAX_NAME, device);
        return bytes(request);
    }

    static byte[] mtuRequest(String device, int mtu) {
        ByteBuffer request = of(REQUEST_SIZE);
        putName(request, 0, MAX_NAME, device);
        return bytes(request.putInt(REQUEST_MTU, mtu));
    }

    /** IPv4; the far end of the link is the address itself, as nobody else is there. */
    static byte[] alias(String device, TunAddress address) {
        ByteBuffer alias = of(ALIAS_SIZE);
        putName(alias, 0, MAX_NAME, device);
        byte[] bytes = address.address().getAddress();
        putSocketAddress(alias, ALIAS_ADDRESS, bytes);
        putSocketAddress(alias, ALIAS_DESTINATION, bytes);
        putSocketAddress(alias, ALIAS_MASK, mask(bytes.length, address.prefixLength()));
        return bytes(alias);
    }

    /** IPv6, for ever. */
    static byte[] alias6(String device, TunAddress address) {
        ByteBuffer alias = of(ALIAS6_SIZE);
        putName(alias, 0, MAX_NAME, device);
        byte[] bytes = address.address().getAddress();
        putSocketAddress6(alias, ALIAS6_ADDRESS, bytes);
        putSocketAddress6(alias, ALIAS6_MASK, mask(bytes.length, address.prefixLength()));
        alias.putInt(ALIAS6_FLAGS, IN6_IFF_NODAD)
                .putInt(ALIAS6_VALID, FOREVER)
                .putInt(ALIAS6_PREFERRED, FOREVER);
        return bytes(alias);
    }

    private static byte[] mask(int bytes, int prefixLength) {
        byte[] mask = new byte[bytes];
        for (int bit = 0; bit < prefixLength; bit++) {
            mask[bit / Byte.SIZE] |= (byte) (0x80 >>> (bit % Byte.SIZE));
        }
        return mask;
    }

    private static void putSocketAddress(ByteBuffer to, int at, byte[] address) {
        to.put(at, (byte) SOCKET_ADDRESS_SIZE)
                .put(at + 1, (byte) Darwin.AF_INET)
                .put(at + SOCKET_ADDRESS_BYTES, address);
    }

    private static void putSocketAddress6(ByteBuffer to, int at, byte[] address) {
        to.put(at, (byte) SOCKET_ADDRESS6_SIZE)
                .put(at + 1, (byte) Darwin.AF_INET6)
                .put(at + SOCKET_ADDRESS6_BYTES, address);
    }

    private static void putName(ByteBuffer to, int at, int room, String name) {
        byte[] bytes = name.getBytes(US_ASCII);
        if (bytes.length >= room) {
            throw new IllegalArgumentException(
                    "a name of at most " + (room - 1) + " bytes, not '" + name + "'");
        }
        to.put(at, bytes);
    }

    private static byte[] bytes(ByteBuffer struct) {
        byte[] bytes = new byte[struct.capacity()];
        struct.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer of(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
