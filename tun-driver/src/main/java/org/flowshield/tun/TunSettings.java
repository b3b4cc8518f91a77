package org.flowshield.tun;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a device is to be made. Immutable.
 *
 * @param name letters, digits, dot, hyphen and underscore, at most {@link #MAX_NAME}
 * @param mtu the largest plain packet
 * @param offloads what is wished for; the device may have less
 * @param addresses given to the device before it goes up
 * @param queueLength how many packets, super-packets too, wait for the reader before the system
 *     drops
 */
public record TunSettings(
        String name, int mtu, Offloads offloads, List<TunAddress> addresses, int queueLength) {

    /** Linux's IFNAMSIZ without the closing zero; the shortest limit among the systems. */
    public static final int MAX_NAME = 15;

    /** The least that every IPv4 host takes (RFC 791). */
    public static final int MIN_MTU = 576;

    /** The least that IPv6 runs over (RFC 8200). */
    public static final int MIN_MTU_IPV6 = 1280;

    /** The longest IPv4 packet; Linux's limit for a TUN device too. */
    public static final int MAX_MTU = 65_535;

    /**
     * 48 ms of 200 Mbit/s in datagrams of 1200 bytes: as long as the reader may be kept from its
     * work on a busy machine. Linux would give 500.
     */
    public static final int DEFAULT_QUEUE_LENGTH = 1000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1," + MAX_NAME + "}");

    public TunSettings {
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "a device's name is 1 to "
                            + MAX_NAME
                            + " letters, digits, dots, hyphens or underscores, not '"
                            + name
                            + "'");
        }
        addresses = List.copyOf(addresses);
        int least = addresses.stream().anyMatch(TunAddress::isIpv6) ? MIN_MTU_IPV6 : MIN_MTU;
        if (mtu < least || mtu > MAX_MTU) {
            throw new IllegalArgumentException(
                    "the MTU must be " + least + " to " + MAX_MTU + ", not " + mtu);
        }
        if (queueLength < 1) {
            throw new IllegalArgumentException("the queue length must be at least 1");
        }
    }

    /** A device without addresses. */
    public static TunSettings of(String name, int mtu, Offloads offloads) {
        return new TunSettings(name, mtu, offloads, List.of(), DEFAULT_QUEUE_LENGTH);
    }

    /** The same with these addresses. */
    public TunSettings withAddresses(TunAddress... these) {
        return new TunSettings(name, mtu, offloads, List.of(these), queueLength);
    }

    /** The same with this queue length. */
    public TunSettings withQueueLength(int packets) {
        return new TunSettings(name, mtu, offloads, addresses, packets);
    }
}
