package org.flowshield.node.client;

import java.io.IOException;

/** Puts policies into force on the machine. One thread at a time; calls block. */
interface Firewall {

    /**
     * Puts a policy into force in place of the one before.
     *
     * @throws IOException if it can't; what holds then is the policy before, or a part of this one,
     *     never less than both
     */
    void apply(FirewallPolicy policy) throws IOException;
}
