package org.flowshield.node.swarm;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** What this machine is called. */
@FunctionalInterface
public interface MachineAddresses {

    /**
     * The addresses at which others may reach it: none of a tunnel, none that is temporary. Asked
     * every few seconds; blocks.
     */
    List<InetAddress> now() throws IOException;
}
