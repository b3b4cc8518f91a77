package org.flowshield.node.api.network;

import org.flowshield.node.api.RefusedException;

/**
 * By which ways a node gets to its chain and to its peers, changed while it runs. What was chosen
 * outlives a restart and goes before the configuration and the network file. Safe for use by any
 * thread; a change waits for the RPCs that it names.
 */
public interface Networking {

    NetworkSettings settings();

    /**
     * Changes them. RPCs are asked which chain they are of before they are taken, and are in force
     * at once. Bootstrap nodes count from the next search on, and for roles that serve when the
     * first of them is switched on the next time.
     *
     * @throws RefusedException if an RPC does not answer or is of another chain, or the change
     *     can't be kept; then nothing has changed
     */
    NetworkSettings change(NetworkChange change) throws RefusedException;
}
