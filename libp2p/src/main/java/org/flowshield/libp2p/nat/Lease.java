package org.flowshield.libp2p.nat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/**
 * What a router has granted: a mere claim of the router's. Immutable.
 *
 * @param external its address, as far as it knows
 * @param port its port that leads to ours
 * @param lifetime for how long; zero: until it is taken back
 */
public record Lease(InetAddress external, int port, Duration lifetime) {

    public Lease {
        if (port < 1 || port > 0xffff || lifetime.isNegative()) {
            throw new IllegalArgumentException("no lease: port %d, %s".formatted(port, lifetime));
        }
    }

    /** Where others can dial us. */
    public Multiaddr address() {
        return Multiaddr.of(new InetSocketAddress(external, port));
    }

    /** False for a router that is itself behind another: its address leads nowhere. */
    public boolean isOfTheInternet() {
        Multiaddr address = address();
        return !address.isPrivate() && !address.isLoopback() && !address.isUnspecified();
    }
}
