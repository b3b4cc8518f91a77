package org.flowshield.libp2p.mdns;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

/** A program that says it is at an address, and prints whom it finds, until its input ends. */
final class LocalDiscoveryPeer {

    private LocalDiscoveryPeer() {}

    /**
     * Tells and looks until its input ends.
     *
     * @param arguments its peer id, its IP address, the address that it tells
     */
    public static void main(String[] arguments) throws Exception {
        List<InetAddress> here = LocalDiscovery.privateAddresses();
        InetAddress wanted = InetAddress.getByName(arguments[1]);
        if (!here.contains(wanted)) {
            throw new IOException(wanted + " is not among " + here);
        }
        try (LocalDiscovery _ =
                LocalDiscovery.start(
                        PeerId.parse(arguments[0]),
                        here,
                        List.of(Multiaddr.parse(arguments[2])),
                        found -> System.out.println("found " + found.addresses()),
                        new SecureRandom(),
                        Clock.systemUTC())) {
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // until the end
            }
        }
    }
}
