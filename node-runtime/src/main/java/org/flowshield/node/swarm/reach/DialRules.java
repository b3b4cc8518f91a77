package org.flowshield.node.swarm.reach;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiaddr.Protocol;

/**
 * Which addresses a node dials because a stranger asks for it. Pure.
 *
 * @param local whether private and loopback addresses are dialled too, in a network of one's own
 */
record DialRules(boolean local) {

    /** Ports of one machine: nobody has to be found at more of them. */
    static final int MOST_DIALS = 3;

    /**
     * What is dialled of all that a peer asks for.
     *
     * @param remote where the asking connection comes from
     */
    List<Multiaddr> dialled(List<Multiaddr> asked, Multiaddr remote) {
        Optional<InetAddress> from = remote.ip();
        if (from.isEmpty() || remote.isRelayed() || !isUsable(remote)) {
            return List.of();
        }
        List<Multiaddr> dialled = new ArrayList<>();
        for (Multiaddr address : asked) {
            if (dialled.size() < MOST_DIALS
                    && !dialled.contains(address)
                    && isPlain(address)
                    && address.ip().filter(ip -> isSame(ip, from.get())).isPresent()
                    && address.port().orElse(0) > 0) {
                dialled.add(address);
            }
        }
        return dialled;
    }

    private boolean isUsable(Multiaddr remote) {
        return !remote.isUnspecified() && (local || !(remote.isPrivate() || remote.isLoopback()));
    }

    /** No name, whose address only the dialling one would know; no relay, no zone. */
    private static boolean isPlain(Multiaddr address) {
        return address.isTcp()
                && !address.has(Protocol.P2P)
                && !address.has(Protocol.IP6ZONE)
                && address.dnsName().isEmpty();
    }

    private static boolean isSame(InetAddress one, InetAddress other) {
        return Arrays.equals(one.getAddress(), other.getAddress());
    }
}
