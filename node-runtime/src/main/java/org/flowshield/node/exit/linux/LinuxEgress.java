package org.flowshield.node.exit.linux;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.MachineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds out how a Linux machine reaches the internet, by what {@code ip} says. */
public final class LinuxEgress {

    /** Of a link that nobody describes: Ethernet's. */
    private static final int USUAL_MTU = 1500;

    private LinuxEgress() {}

    /** Looks at the machine's default routes and addresses. */
    public static Egress find(Machine machine) throws MachineException {
        return parse(
                machine.run(List.of("ip", "-j", "-4", "route", "show", "default")),
                machine.run(List.of("ip", "-j", "-6", "route", "show", "default")),
                machine.run(List.of("ip", "-j", "address", "show")));
    }

    static Egress parse(String routes4, String routes6, String addresses) throws MachineException {
        try {
            Optional<String> device4 = defaultDevice(json(routes4));
            Optional<String> device6 = defaultDevice(json(routes6));
            JsonNode links = json(addresses);
            return new Egress(
                    device4.isPresent() || device6.isEmpty(), // a lab may have no default route
                    device6.isPresent(),
                    mtu(links, device4.or(() -> device6).orElse("")),
                    onLink(links));
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
            boolean leadsOn = !route.path("type").asString("unicast").equals("unreachable");
            if (leadsOn && route.hasNonNull("dev")) {
                return Optional.of(route.get("dev").asString());
            }
        }
        return Optional.empty();
    }

    private static int mtu(JsonNode links, String device) {
        for (JsonNode link : links) {
            if (link.path("ifname").asString("").equals(device)) {
                return link.path("mtu").asInt(USUAL_MTU);
            }
        }
        return USUAL_MTU;
    }

    private static List<Cidr> onLink(JsonNode links) {
        List<Cidr> networks = new ArrayList<>();
        for (JsonNode link : links) {
            for (JsonNode address : link.path("addr_info")) {
                if (address.hasNonNull("local") && address.hasNonNull("prefixlen")) {
                    networks.add(
                            Cidr.network(
                                    InetAddress.ofLiteral(address.get("local").asString()),
                                    address.get("prefixlen").asInt()));
                }
            }
        }
        return networks;
    }
}
