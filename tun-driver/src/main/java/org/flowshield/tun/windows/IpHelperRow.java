package org.flowshield.tun.windows;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.plan.IpPrefix;

/**
 * The rows that iphlpapi takes (netioapi.h, 64-bit): where their fields lie, and how those are set
 * that we set. A row is initialised or read by the system first; fields that are not named here
 * keep what it put there. All numbers are little-endian. Stateless.
 */
final class IpHelperRow {

    static final int AF_INET = 2;
    static final int AF_INET6 = 23;

    /** {@code MIB_IPINTERFACE_ROW}: a device's settings for one family. */
    static final int INTERFACE_SIZE = 168;

    static final int INTERFACE_FAMILY = 0;
    static final int INTERFACE_LUID = 8;
    static final int INTERFACE_ROUTER_DISCOVERY = 52;
    static final int INTERFACE_DAD_TRANSMITS = 56;
    static final int INTERFACE_SITE_PREFIX_LENGTH = 144;
    static final int INTERFACE_MTU = 152;

    /** {@code MIB_UNICASTIPADDRESS_ROW}: an address of a device. */
    static final int ADDRESS_SIZE = 80;

    static final int ADDRESS_LUID = 32;
    static final int ADDRESS_PREFIX_LENGTH = 60;
    static final int ADDRESS_DAD_STATE = 64;

    /** {@code MIB_IPFORWARD_ROW2}: a route. */
    static final int ROUTE_SIZE = 104;

    static final int ROUTE_LUID = 0;
    static final int ROUTE_DESTINATION = 12;
    static final int ROUTE_PREFIX_LENGTH = 40;
    static final int ROUTE_NEXT_HOP = 44;
    static final int ROUTE_METRIC = 84;
    static final int ROUTE_PROTOCOL = 88;

    /** {@code SOCKADDR_INET}: family, port, then four bytes, or flow information and sixteen. */
    static final int SOCKET_ADDRESS_SIZE = 28;

    private static final int SOCKET_ADDRESS_IPV4 = 4;
    private static final int SOCKET_ADDRESS_IPV6 = 8;

    private static final int ROUTER_DISCOVERY_DISABLED = 0;
    private static final int DAD_STATE_PREFERRED = 4;

    /** {@code MIB_IPPROTO_NETMGMT}: put there by a program. */
    private static final int PROTOCOL_NETWORK_MANAGEMENT = 3;

    private IpHelperRow() {}

    static int family(boolean ipv6) {
        return ipv6 ? AF_INET6 : AF_INET;
    }

    /** Says whose settings are asked for. */
    static void putInterface(ByteBuffer row, long luid, boolean ipv6) {
        little(row);
        row.putShort(INTERFACE_FAMILY, (short) family(ipv6)).putLong(INTERFACE_LUID, luid);
    }

    /**
     * Sets the MTU and makes the device quiet: nobody else is on the link whom it would have to ask
     * for an address or a router.
     */
    static void putMtu(ByteBuffer row, boolean ipv6, int mtu) {
        little(row);
        row.putInt(INTERFACE_MTU, mtu)
                .putInt(INTERFACE_DAD_TRANSMITS, 0)
                .putInt(INTERFACE_ROUTER_DISCOVERY, ROUTER_DISCOVERY_DISABLED);
        if (!ipv6) {
            // Windows reads 64 here and refuses to take it back.
            row.putInt(INTERFACE_SITE_PREFIX_LENGTH, 0);
        }
    }

    /** An address and the prefix that is reached through the device. */
    static void putAddress(ByteBuffer row, long luid, TunAddress address) {
        little(row);
        putSocketAddress(row, 0, address.address());
        row.putLong(ADDRESS_LUID, luid)
                .put(ADDRESS_PREFIX_LENGTH, (byte) address.prefixLength())
                .putInt(ADDRESS_DAD_STATE, DAD_STATE_PREFERRED);
    }

    /** A route; a next hop of zero means that the destination is on the link itself. */
    static void putRoute(
            ByteBuffer row, long luid, IpPrefix destination, InetAddress nextHop, int metric) {
        little(row);
        row.putLong(ROUTE_LUID, luid);
        putSocketAddress(row, ROUTE_DESTINATION, destination.network());
        row.put(ROUTE_PREFIX_LENGTH, (byte) destination.length());
        putSocketAddress(row, ROUTE_NEXT_HOP, nextHop);
        row.putInt(ROUTE_METRIC, metric).putInt(ROUTE_PROTOCOL, PROTOCOL_NETWORK_MANAGEMENT);
    }

    private static void putSocketAddress(ByteBuffer row, int at, InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean ipv6 = bytes.length == 16;
        row.put(at, new byte[SOCKET_ADDRESS_SIZE]);
        row.putShort(at, (short) family(ipv6));
        row.put(at + (ipv6 ? SOCKET_ADDRESS_IPV6 : SOCKET_ADDRESS_IPV4), bytes);
    }

    private static void little(ByteBuffer row) {
        row.order(ByteOrder.LITTLE_ENDIAN);
    }
}
