package org.flowshield.node.wallet.agent;

import java.io.IOException;

/** Keeps what is in this process's memory from others, as far as the system lets it. */
public interface ProcessGuard {

    /**
     * Makes the process leave no image of its memory when it dies, lets no other of the same user
     * look into it, and takes it out of its terminal's session. For the whole life of the process.
     *
     * @throws IOException if the system refuses: then no key must come into it
     */
    void protect() throws IOException;
}
