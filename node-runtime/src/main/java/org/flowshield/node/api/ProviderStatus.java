package org.flowshield.node.api;

import java.util.List;
import java.util.Map;

/**
 * What the provider role does. Immutable.
 *
 * @param multiaddrs where clients may reach it, with its peer id
 * @param reach whether others get there
 * @param ports that the router at home is asked to pass on; empty: it is not asked
 * @param ipv4 whether its exit has IPv4
 * @param ipv6 whether its exit has IPv6
 * @param mtu of the exit, in bytes
 * @param sessions in the order of their beginning
 * @param traffic of all sessions since it started
 * @param refused packets that were not let out, by the rule that refused them
 */
public record ProviderStatus(
        List<String> multiaddrs,
        ReachStatus reach,
        List<PortStatus> ports,
        boolean ipv4,
        boolean ipv6,
        int mtu,
        List<SessionStatus> sessions,
        Traffic traffic,
        Map<String, Long> refused) {

    public ProviderStatus {
        multiaddrs = List.copyOf(multiaddrs);
        ports = List.copyOf(ports);
        sessions = List.copyOf(sessions);
        refused = Map.copyOf(refused);
    }

    /** One whose router is not asked. */
    public ProviderStatus(
            List<String> multiaddrs,
            ReachStatus reach,
            boolean ipv4,
            boolean ipv6,
            int mtu,
            List<SessionStatus> sessions,
            Traffic traffic,
            Map<String, Long> refused) {
        this(multiaddrs, reach, List.of(), ipv4, ipv6, mtu, sessions, traffic, refused);
    }
}
