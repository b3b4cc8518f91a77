package org.flowshield.node.swarm;

import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.nat.Lease;
import org.flowshield.libp2p.nat.PortMapping;
import org.flowshield.node.api.PortStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.ReachStatus.State;

/** Whether others get to a serving node, and what its operator can do about it. Pure. */
public final class ReachWords {

    private ReachWords() {}

    /**
     * Whether others get there.
     *
     * @param addresses where the node may be
     */
    public static ReachStatus of(Reach reach, List<Multiaddr> addresses) {
        return switch (reach) {
            case Reach.Proven(List<Multiaddr> proven) ->
                    new ReachStatus(State.PROVEN, "other nodes get to it at " + text(proven), null);
            case Reach.NotProven(String why) ->
                    new ReachStatus(
                            State.NOT_PROVEN,
                            "no other node gets to it, so that clients are not sent here: " + why,
                            "open TCP port %s in the firewall, and have the router forward it to this machine; if the port outside is another, say so by network.announce. It is tried again each minute"
                                    .formatted(ports(addresses)));
            case Reach.Pending _ ->
                    new ReachStatus(
                            State.UNKNOWN,
                            "other nodes are asked whether they get to it; none has tried yet",
                            null);
            case Reach.Unknown(String why) ->
                    new ReachStatus(
                            State.UNKNOWN,
                            "nobody has tried to get to it: " + why,
                            "none is needed if clients are given its address; to be found by others"
                                    + " it needs network.bootstrap, and a way to the nodes there");
        };
    }

    /** What the router at home was asked for, and what it does. */
    public static List<PortStatus> of(List<MappedPort> ports) {
        return ports.stream().map(ReachWords::of).toList();
    }

    private static PortStatus of(MappedPort port) {
        return switch (port.state()) {
            case PortMapping.State.Asking _ ->
                    new PortStatus(port.port(), PortStatus.State.ASKING, null, null, null, null);
            case PortMapping.State.Mapped(Lease lease, String protocol) ->
                    new PortStatus(
                            port.port(),
                            PortStatus.State.MAPPED,
                            lease.address().toString(),
                            protocol,
                            port.until().orElse(null),
                            lease.isOfTheInternet()
                                    ? null
                                    : "the router is behind another itself: nobody can dial that"
                                            + " address");
            case PortMapping.State.Failed(String why) ->
                    new PortStatus(port.port(), PortStatus.State.FAILED, null, null, null, why);
        };
    }

    private static String text(List<Multiaddr> addresses) {
        return addresses.stream().map(Multiaddr::toString).collect(Collectors.joining(", "));
    }

    private static String ports(List<Multiaddr> addresses) {
        return addresses.stream()
                .flatMapToInt(address -> address.port().stream())
                .distinct()
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" and "));
    }
}
