package org.flowshield.libp2p.nat;

import java.util.List;
import java.util.concurrent.Callable;

/** Finds the routers of this machine's network. Any thread. */
interface Routers extends AutoCloseable {

    /**
     * Ways to find them, the best first. Each blocks, and gives those that may be asked; some of
     * them may turn out not to answer.
     */
    List<Callable<List<Router>>> searches();

    @Override
    void close();
}
