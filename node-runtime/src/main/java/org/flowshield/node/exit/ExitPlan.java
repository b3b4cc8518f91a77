package org.flowshield.node.exit;

import java.net.Inet4Address;
import java.net.Inet6Address;

/**
 * What an exit is to be. Immutable.
 *
 * @param device where sessions' packets come from
 * @param gateway4 the provider's own inner address: for names and pings, nothing else of the
 *     provider's may be asked
 * @param gateway6 the same for IPv6
 * @param pool4 the sessions' addresses
 * @param pool6 the same for IPv6
 * @param ipv6 whether IPv6 is forwarded
 * @param mark of the provider's own sockets, by which they keep to the machine's own routes where
 *     others lead into a tunnel; given to what comes in for its listeners too, so that a strict
 *     filter of reverse paths lets it in
 */
public record ExitPlan(
        String device,
        Inet4Address gateway4,
        Inet6Address gateway6,
        Cidr pool4,
        Cidr pool6,
        boolean ipv6,
        int mark,
        ExitPolicy policy) {

    public ExitPlan {
        // It becomes part of a ruleset; what Linux itself demands of a name, and no quotes.
        if (!device.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,14}")) {
            throw new IllegalArgumentException("no name of a device: " + device);
        }
        if (!pool4.contains(gateway4) || !pool6.contains(gateway6)) {
            throw new IllegalArgumentException("the gateway belongs to the sessions' network");
        }
        if (mark == 0) {
            throw new IllegalArgumentException("0 is no mark");
        }
    }

    /** The same for a provider that is in other networks now. */
    public ExitPlan with(ExitPolicy now) {
        return new ExitPlan(device, gateway4, gateway6, pool4, pool6, ipv6, mark, now);
    }
}
