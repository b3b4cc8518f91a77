package org.flowshield.node.exit;

import java.net.Inet4Address;
import java.net.Inet6Address;

/**
 * What an exit is to be. Immutable.
 *
 * @param device where sessions' packets come from
 * @param gateway4 the provider's own inner address, the only one of its that clients may ask
 * @param gateway6 the same for IPv6
 * @param ipv6 whether IPv6 is forwarded
 */
public record ExitPlan(
        String device,
        Inet4Address gateway4,
        Inet6Address gateway6,
        boolean ipv6,
        ExitPolicy policy) {

    public ExitPlan {
        // It becomes part of a ruleset; what Linux itself demands of a name, and no quotes.
        if (!device.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,14}")) {
            throw new IllegalArgumentException("no name of a device: " + device);
        }
    }
}
