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

    /** A host holds 300 connections, a session at most six. */
    public static final int MAX_SESSIONS = 48;

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
