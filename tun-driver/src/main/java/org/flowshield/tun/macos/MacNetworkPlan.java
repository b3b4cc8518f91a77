package org.flowshield.tun.macos;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.plan.Change;
import org.flowshield.tun.plan.Command;
import org.flowshield.tun.plan.Detour;
import org.flowshield.tun.plan.IpPrefix;
import org.flowshield.tun.plan.NetworkPlan;
import org.flowshield.tun.plan.TunnelNetwork;

/**
 * Leads a Mac's traffic into a utun device: routes by route(8), name servers by scutil(8). The
 * default route stays as it is. Routes through the device go with the device; the others and the
 * name servers stay until they are taken back, or the next start of the system. Stateless.
 */
public final class MacNetworkPlan {

    /** Where configd keeps our name servers, until the system ends. */
    static final String NAME_SERVERS_KEY = "State:/Network/Service/org.flowshield/DNS";

    private static final String ROUTE = "/sbin/route";
    private static final String SCUTIL = "/usr/sbin/scutil";

    private MacNetworkPlan() {}

    /** The ways beside the tunnel first: there is no moment without a way to the provider. */
    public static NetworkPlan of(TunnelNetwork network) {
        List<Change> changes = new ArrayList<>();
        for (Detour detour : network.detours()) {
            changes.add(detour(detour));
        }
        for (TunAddress address : network.addresses()) {
            onLink(network.device(), address, changes);
        }
        for (boolean ipv6 : new boolean[] {false, true}) {
            for (IpPrefix half : ipv6 ? IpPrefix.ALL_IPV6 : IpPrefix.ALL_IPV4) {
                changes.add(
                        network.carries(ipv6) ? into(network.device(), half) : unreachable(half));
            }
        }
        if (!network.nameServers().isEmpty()) {
            changes.add(nameServers(network.nameServers()));
        }
        return new NetworkPlan(changes);
    }

    private static Change detour(Detour detour) {
        IpPrefix host = IpPrefix.host(detour.endpoint());
        InetAddress gateway = detour.gateway();
        return gateway == null
                ? route(
                        host + " on the link of " + detour.device(),
                        host,
                        "-interface",
                        detour.device())
                : route(
                        host + " by the router " + gateway.getHostAddress(),
                        host,
                        "-gateway",
                        scoped(gateway, detour.device()));
    }

    /** A router's link-local address means something only together with its link. */
    private static String scoped(InetAddress gateway, String device) {
        String text = gateway.getHostAddress().replaceFirst("%.*", "");
        boolean linkLocal = gateway instanceof Inet6Address && gateway.isLinkLocalAddress();
        return linkLocal ? text + "%" + device : text;
    }

    /** A utun device is a link between two: the rest of its prefix needs a route. */
    private static void onLink(String device, TunAddress address, List<Change> changes) {
        int bits = address.address().getAddress().length * Byte.SIZE;
        if (address.prefixLength() > 0 && address.prefixLength() < bits) {
            changes.add(into(device, IpPrefix.of(address)));
        }
    }

    private static Change into(String device, IpPrefix prefix) {
        return route(prefix + " into " + device, prefix, "-interface", device);
    }

    /** Answered at once, so that nobody waits for a family that does not get through. */
    private static Change unreachable(IpPrefix prefix) {
        return route(
                prefix + " unreachable", prefix, prefix.isIpv6() ? "::1" : "127.0.0.1", "-reject");
    }

    private static Change route(String what, IpPrefix prefix, String... by) {
        return Change.of(what, routeCommand("add", prefix, by), routeCommand("delete", prefix, by));
    }

    private static Command routeCommand(String verb, IpPrefix prefix, String... by) {
        List<String> words = new ArrayList<>(List.of(ROUTE, "-q", "-n", verb));
        words.add(prefix.isIpv6() ? "-inet6" : "-inet");
        words.add(prefix.toString());
        words.addAll(List.of(by));
        return new Command(words, "");
    }

    /** For all names: an empty domain to match, first in order. */
    private static Change nameServers(List<InetAddress> servers) {
        String addresses =
                servers.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" "));
        String script =
                """
                d.init
                d.add ServerAddresses * %s
                d.add SupplementalMatchDomains * ""
                d.add SupplementalMatchDomainsNoSearch # 1
                d.add SearchOrder # 1
                set %s
                quit
                """
                        .formatted(addresses, NAME_SERVERS_KEY);
        String remove = "remove " + NAME_SERVERS_KEY + "\nquit\n";
        return Change.of(
                "names by " + addresses,
                new Command(List.of(SCUTIL), script),
                new Command(List.of(SCUTIL), remove));
    }
}
