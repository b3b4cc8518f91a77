package org.flowshield.node.swarm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/** Where a host listens, and for how many roles. Guarded by itself. */
final class Listeners {

    private final Host host;

    /** By the address with its real port. */
    private final Map<Multiaddr, Integer> roles = new HashMap<>();

    Listeners(Host host) {
        this.host = host;
    }

    /**
     * Listens at all of these, or at none that was not listened at before.
     *
     * @return with the real ports
     */
    synchronized List<Multiaddr> open(List<Multiaddr> addresses) throws IOException {
        List<Multiaddr> opened = new ArrayList<>();
        try {
            for (Multiaddr address : addresses) {
                Multiaddr real = roles.containsKey(address) ? address : host.listen(address);
                roles.merge(real, 1, Integer::sum);
                opened.add(real);
            }
        } catch (IOException | RuntimeException e) {
            close(opened);
            throw e;
        }
        return opened;
    }

    synchronized void close(List<Multiaddr> opened) {
        for (Multiaddr address : opened) {
            if (roles.merge(address, -1, Integer::sum) == 0) {
                roles.remove(address);
                host.unlisten(address);
            }
        }
    }
}
