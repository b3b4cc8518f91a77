package org.flowshield.node.exit.linux;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.MachineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds out how a Linux machine reaches the internet, by what {@code ip} says. */
final class LinuxEgress {

    /** Of a link that nobody describes: Ethernet's. */
    private static final int USUAL_MTU = 1500;

    /**
     * Shorter prefixes are no networks that a machine is in, but halves of the internet that some
     * tunnel has taken: 0.0.0.0/1, 2000::/3.
     */
    private static final int SHORTEST_NETWORK = 8;

    /** Of links by which nobody reaches this machine: TUN and WireGuard devices, and itself. */
    private static final Set<String> NOT_REACHED_BY = Set.of("none", "loopback");

    private LinuxEgress() {}

    /** Looks at the machine's own routes, not those of tunnels, and at its addresses. */
    static Egress find(Machine machine) throws MachineException {
        return parse(
                machine.run(List.of("ip", "-j", "-4", "route", "show", "table", "main")),
                machine.run(List.of("ip", "-j", "-6", "route", "show", "table", "main")),
                machine.run(List.of("ip", "-j", "address", "show")));
    }

    static Egress parse(String routes4, String routes6, String addresses) throws MachineException {
        try {
            JsonNode v4 = json(routes4);
            JsonNode v6 = json(routes6);
            Optional<String> device4 = defaultDevice(v4);
            Optional<String> device6 = defaultDevice(v6);
            JsonNode links = json(addresses);
            List<Cidr> onLink = new ArrayList<>();
            addNetworks(links, onLink);
            addNetworksOfRoutes(v4, onLink);
            addNetworksOfRoutes(v6, onLink);
            return new Egress(
                    device4.isPresent() || device6.isEmpty(), // a lab may have no default route
                    device6.isPresent(),
                    mtu(links, device4.or(() -> device6).orElse("")),
                    onLink.stream().distinct().toList(),
                    reachable(links));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new MachineException(
                    MachineException.Reason.FAILED, "ip said what can't be understood", e);
        }
    }

    private static JsonNode json(String text) {
        // Old versions print nothing instead of an empty list.
        return JsonMapper.shared().readTree(text.isBlank() ? "[]" : text);
    }

    private static Optional<String> defaultDevice(JsonNode routes) {
        for (JsonNode route : routes) {
            boolean everywhere = route.path("dst").asString("").equals("default");
            if (everywhere && leadsOn(route) && route.hasNonNull("dev")) {
                return Optional.of(route.get("dev").asString());
            }
        }
        return Optional.empty();
    }

    private static boolean leadsOn(JsonNode route) {
        return route.path("type").asString("unicast").equals("unicast");
    }

    private static int mtu(JsonNode links, String device) {
        for (JsonNode link : links) {
            if (link.path("ifname").asString("").equals(device)) {
                return link.path("mtu").asInt(USUAL_MTU);
            }
        }
        return USUAL_MTU;
    }

    private static void addNetworks(JsonNode links, List<Cidr> networks) {
        for (JsonNode link : links) {
            for (JsonNode address : link.path("addr_info")) {
                if (address.hasNonNull("local") && address.hasNonNull("prefixlen")) {
                    networks.add(Cidr.network(address(address), address.get("prefixlen").asInt()));
                }
            }
        }
    }

    /** A network may be on the link without an address of its: router advertisements, DHCPv6. */
    private static void addNetworksOfRoutes(JsonNode routes, List<Cidr> networks) {
        for (JsonNode route : routes) {
            String destination = route.path("dst").asString("default");
            boolean direct = !route.has("gateway") && !route.has("via") && !route.has("nexthops");
            if (direct && leadsOn(route) && !destination.equals("default")) {
                Cidr network = Cidr.parse(destination);
                if (network.length() >= SHORTEST_NETWORK) {
                    networks.add(network);
                }
            }
        }
    }

    private static List<InetAddress> reachable(JsonNode links) {
        List<InetAddress> addresses = new ArrayList<>();
        for (JsonNode link : links) {
            if (NOT_REACHED_BY.contains(link.path("link_type").asString(""))) {
                continue;
            }
            for (JsonNode address : link.path("addr_info")) {
                boolean lasting = !address.has("temporary") && !address.has("deprecated");
                if (address.path("scope").asString("").equals("global") && lasting) {
                    addresses.add(address(address));
                }
            }
        }
        return addresses;
    }

    private static InetAddress address(JsonNode address) {
        return InetAddress.ofLiteral(address.get("local").asString());
    }
}
