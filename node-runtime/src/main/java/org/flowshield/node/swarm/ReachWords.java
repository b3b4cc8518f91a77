package org.flowshield.node.provider;

import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.ReachStatus.State;
import org.flowshield.node.swarm.Reach;

/** Whether clients get to a provider, and what its operator can do about it. Pure. */
final class ReachWords {

    private ReachWords() {}

    /**
     * @param addresses where the provider may be
     */
    static ReachStatus of(Reach reach, List<Multiaddr> addresses) {
        return switch (reach) {
            case Reach.Proven(List<Multiaddr> proven) ->
                    new ReachStatus(State.PROVEN, "other nodes get to it at " + text(proven), null);
            case Reach.NotProven(String why) ->
                    new ReachStatus(
                            State.NOT_PROVEN,
                            "no other node gets to it, so that clients are not sent here: " + why,
                            "open TCP port %s in the firewall, and have the router forward it to this machine; if the port outside is another, say so by network.announce. It is tried again each minute"
                                    .formatted(ports(addresses)));
            case Reach.Unknown(String why) ->
                    new ReachStatus(
                            State.UNKNOWN,
                            "nobody has tried to get to it: " + why,
                            "none is needed if clients are given its address; to be found by others"
                                    + " it needs network.bootstrap, and a way to the nodes there");
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
