package org.flowshield.node.tunnel;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.BitSet;
import java.util.Optional;

/**
 * The inner addresses of one provider: IPv4 from a random part of 100.64.0.0/10 (RFC 6598), IPv6
 * from a random /48 below fd00::/8 (RFC 4193), so that a machine can be one provider's client and a
 * provider itself. Host number 1 is the gateway, each session gets one further number in both
 * families. A number given back is the last to be given again, so that a late packet does not meet
 * the next session. Safe for use by any thread.
 */
public final class AddressPool {

    private static final int INNER4 = 100 << 24 | 64 << 16;
    private static final int INNER4_LENGTH = 10;
    private static final int UNIQUE_LOCAL = 0xfd;
    private static final int GATEWAY = 1;

    /**
     * Bits of the prefix of a provider's part: 4,093 sessions, and one of 1,024 places, so that two
     * providers seldom meet on one machine.
     */
    private static final int PART_LENGTH = 20;

    /** Bits of a site's prefix (RFC 4193 section 3). */
    public static final int V6_PREFIX_LENGTH = 48;

    /**
     * One session's addresses.
     *
     * @param number in the pool
     */
    public record Lease(int number, Inet4Address v4, Inet6Address v6) {}

    private final int base4;
    private final int length4;
    private final long base6;
    private final int capacity;

    // Guarded by this.
    private final BitSet taken = new BitSet();
    private int next = GATEWAY + 1;

    private AddressPool(int base4, int length4, long base6) {
        this.base4 = base4;
        this.length4 = length4;
        this.base6 = base6;
        this.capacity = (1 << (Integer.SIZE - length4)) - 1; // the last is IPv4's broadcast
        taken.set(0, GATEWAY + 1);
    }

    /** A random part of 100.64.0.0/10 and a random IPv6 site. */
    public static AddressPool random(SecureRandom random) {
        int part = random.nextInt(1 << (PART_LENGTH - INNER4_LENGTH));
        return of(INNER4 | part << (Integer.SIZE - PART_LENGTH), PART_LENGTH, random.nextLong());
    }

    /**
     * The first part of 100.64.0.0/10 and the IPv6 site with the given number.
     *
     * @param length4 bits of the IPv4 prefix, 10 to 30
     * @param site its lower 40 bits are used
     */
    static AddressPool of(int length4, long site) {
        return of(INNER4, length4, site);
    }

    private static AddressPool of(int base4, int length4, long site) {
        if (length4 < INNER4_LENGTH || length4 > 30) {
            throw new IllegalArgumentException("no pool of /" + length4);
        }
        long base6 = (long) UNIQUE_LOCAL << 56 | (site & 0xff_ffff_ffffL) << 16;
        return new AddressPool(base4, length4, base6);
    }

    public Inet4Address gateway4() {
        return v4(GATEWAY);
    }

    public Inet6Address gateway6() {
        return v6(GATEWAY);
    }

    /** Bits of the IPv4 prefix that holds all addresses of the pool. */
    public int prefixLength4() {
        return length4;
    }

    /** Gives addresses that no other session has; empty if there are none left. */
    public synchronized Optional<Lease> assign() {
        int number = taken.nextClearBit(next);
        if (number >= capacity) {
            number = taken.nextClearBit(0);
        }
        if (number >= capacity) {
            return Optional.empty();
        }
        taken.set(number);
        next = number + 1;
        return Optional.of(new Lease(number, v4(number), v6(number)));
    }

    /** True if a session has this address now. */
    public synchronized boolean isAssigned(InetAddress address) {
        int number = ByteBuffer.wrap(address.getAddress()).getInt(address.getAddress().length - 4);
        int host = address instanceof Inet4Address ? number & ~mask() : number;
        return host > GATEWAY
                && host < capacity
                && taken.get(host)
                && (address.equals(v4(host)) || address.equals(v6(host)));
    }

    private int mask() {
        return -1 << (Integer.SIZE - length4);
    }

    /**
     * Takes addresses back.
     *
     * @throws IllegalArgumentException if they were not given
     */
    public synchronized void release(Lease lease) {
        if (lease.number() <= GATEWAY || lease.number() >= capacity || !taken.get(lease.number())) {
            throw new IllegalArgumentException("not assigned: " + lease);
        }
        taken.clear(lease.number());
    }

    private Inet4Address v4(int number) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(base4 | number).array();
        return (Inet4Address) address(bytes);
    }

    private Inet6Address v6(int number) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(base6).putLong(number).array();
        return (Inet6Address) address(bytes);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }
}
