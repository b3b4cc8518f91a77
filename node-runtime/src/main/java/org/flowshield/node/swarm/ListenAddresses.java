package org.flowshield.node.swarm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/** Where a node can be dialled, from where it listens. Pure. */
final class ListenAddresses {

    private ListenAddresses() {}

    /**
     * Names the machine's addresses in place of 0.0.0.0 and ::.
     *
     * @param own the addresses of the machine
     */
    static List<Multiaddr> dialled(List<Multiaddr> listening, List<InetAddress> own) {
        return listening.stream().flatMap(address -> real(address, own)).distinct().toList();
    }

    private static Stream<Multiaddr> real(Multiaddr address, List<InetAddress> own) {
        if (!address.isUnspecified()) {
            return Stream.of(address);
        }
        InetSocketAddress socket = address.socketAddress().orElseThrow();
        Class<? extends InetAddress> family = socket.getAddress().getClass();
        return own.stream()
                .filter(family::isInstance)
                .map(ip -> Multiaddr.of(new InetSocketAddress(ip, socket.getPort())));
    }
}
