package org.flowshield.node.tunnel.path;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses that a session's packets have inside the tunnel: what the client may send from and
 * what is sent to it. Immutable.
 *
 * @param v4 empty if the session has no IPv4
 * @param v6 empty if the session has no IPv6
 */
public record InnerAddresses(Optional<Inet4Address> v4, Optional<Inet6Address> v6) {

    public InnerAddresses {
        if (v4.isEmpty() && v6.isEmpty()) {
            throw new IllegalArgumentException("a session needs an inner address");
        }
    }

    /** One or two addresses. */
    public List<InetAddress> all() {
        return Stream.<Optional<? extends InetAddress>>of(v4, v6)
                .<InetAddress>flatMap(Optional::stream)
                .toList();
    }
}
