package org.flowshield.node.exit;

import java.io.IOException;

/** The machine that is to be an exit. Safe for use by any thread; calls block. */
public interface ExitMachine {

    /** Finds out how the machine reaches the internet now. */
    Egress egress() throws IOException;

    /**
     * Opens the exit. Its device must exist already.
     *
     * @throws IOException if it can't; then everything is as before, or the message of a suppressed
     *     exception says what stayed
     */
    Exit open(ExitPlan plan) throws IOException;
}
