package org.flowshield.tun.plan;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.flowshield.tun.TunAddress;

/**
 * What is to go into a tunnel. Immutable.
 *
 * @param device the tunnel's device, as the system knows it
 * @param addresses the device's own; a family without one is answered with unreachable
 * @param detours what is reached beside the tunnel: the providers that it runs through
 * @param nameServers asked for every name, through the tunnel
 */
public record TunnelNetwork(
        String device,
        List<TunAddress> addresses,
        List<Detour> detours,
        List<InetAddress> nameServers) {

    /** No system takes more into account. */
    public static final int MAX_NAME_SERVERS = 3;

    /**
     * A tunnel has one provider, or two while it goes from one to another, each with two families.
     */
    public static final int MAX_DETOURS = 16;

    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_.-]{1,63}");

    public TunnelNetwork {
        requireDevice(device);
        addresses = List.copyOf(addresses);
        detours = List.copyOf(detours);
        nameServers = List.copyOf(nameServers);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a tunnel has an address");
        }
        if (detours.size() > MAX_DETOURS) {
            throw new IllegalArgumentException("at most " + MAX_DETOURS + " detours");
        }
        if (nameServers.size() > MAX_NAME_SERVERS) {
            throw new IllegalArgumentException("at most " + MAX_NAME_SERVERS + " name servers");
        }
    }

    static void requireDevice(String name) {
        if (!DEVICE.matcher(name).matches() || name.startsWith("-")) {
            throw new IllegalArgumentException("no name of a device: '" + name + "'");
        }
    }

    /** Whether the tunnel carries the family. */
    public boolean carries(boolean ipv6) {
        return addresses.stream().anyMatch(address -> address.isIpv6() == ipv6);
    }
}
