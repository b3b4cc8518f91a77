package org.flowshield.tun.windows;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.tun.plan.Change;
import org.flowshield.tun.plan.Command;
import org.flowshield.tun.plan.IpPrefix;

/**
 * A route that lasts until it is deleted, its device goes, or Windows ends. Immutable.
 *
 * @param destination where to
 * @param device by which device: its alias or its index
 * @param nextHop the router; zero for a destination on the link itself
 * @param metric how dear it is, added to the device's own
 */
public record WindowsRoute(IpPrefix destination, String device, InetAddress nextHop, int metric) {

    /** Windows takes no higher one from netsh. */
    static final int MAX_METRIC = 9999;

    public WindowsRoute {
        if (nextHop.getClass() != destination.network().getClass()) {
            throw new IllegalArgumentException("destination and router are of one family");
        }
        if (metric < 0 || metric > MAX_METRIC) {
            throw new IllegalArgumentException("a metric is 0 to " + MAX_METRIC);
        }
    }

    /** As {@code MIB_IPFORWARD_ROW2}, which makes and deletes it, over what Windows initialised. */
    void put(ByteBuffer row, long luid) {
        IpHelperRow.putRoute(row, luid, destination, nextHop, metric);
    }

    /** By netsh. */
    Change change(String netsh) {
        List<String> family = List.of(netsh, "interface", destination.isIpv6() ? "ipv6" : "ipv4");
        List<String> route =
                List.of(
                        "prefix=" + destination,
                        "interface=" + device,
                        "nexthop=" + withoutScope(nextHop));
        return Change.of(
                destination + " by " + device,
                command(family, "add", route, List.of("metric=" + metric, "store=active")),
                command(family, "delete", route, List.of("store=active")));
    }

    private static String withoutScope(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static Command command(
            List<String> family, String verb, List<String> route, List<String> rest) {
        List<String> words = new ArrayList<>(family);
        words.add(verb);
        words.add("route");
        words.addAll(route);
        words.addAll(rest);
        return new Command(words, "");
    }
}
