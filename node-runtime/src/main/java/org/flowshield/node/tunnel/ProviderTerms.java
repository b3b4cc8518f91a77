package org.flowshield.node.tunnel;

import java.net.InetAddress;
import java.util.List;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.tun.Offloads;

/**
 * What a provider gives to each session. Immutable.
 *
 * @param ipv4 whether its exit has IPv4
 * @param ipv6 whether its exit has IPv6
 * @param mtu of its exit, in bytes
 * @param takes super-packets that its device takes
 * @param dns resolvers inside the tunnel
 * @param maxSessions at a time
 */
public record ProviderTerms(
        boolean ipv4,
        boolean ipv6,
        int mtu,
        Offloads takes,
        List<InetAddress> dns,
        int maxSessions) {

    /** What a provider serves unless told otherwise; idle they cost it some 50 MiB. */
    public static final int DEFAULT_SESSIONS = 200;

    /**
     * Six threads and six connections each at the most: more than that is work for several
     * processes. The host's limits of connections must fit what is chosen.
     */
    public static final int MAX_SESSIONS = 2_000;

    public ProviderTerms {
        dns = List.copyOf(dns);
        if (!ipv4 && !ipv6) {
            throw new IllegalArgumentException("an exit without addresses");
        }
        if (mtu < Grant.MIN_MTU || mtu > Grant.MAX_MTU) {
            throw new IllegalArgumentException("no usable MTU: " + mtu);
        }
        if (maxSessions < 1 || maxSessions > MAX_SESSIONS) {
            throw new IllegalArgumentException("1 to " + MAX_SESSIONS + " sessions");
        }
    }
}
