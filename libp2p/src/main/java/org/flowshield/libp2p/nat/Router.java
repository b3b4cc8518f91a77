package org.flowshield.libp2p.nat;

import java.io.IOException;
import java.time.Duration;

/** A router that passes ports on. For one thread; all of it blocks, and ends when interrupted. */
interface Router {

    /** The protocol that it was asked by. */
    String protocol();

    /**
     * Has a TCP port passed on to this machine; the same again renews it.
     *
     * @throws IOException if it refuses or does not answer
     */
    Lease map(int port, Duration lifetime) throws IOException, InterruptedException;

    /** Takes back what was mapped last, if anything. */
    void unmap() throws IOException, InterruptedException;
}
