package org.flowshield.node.cli.system;

import java.io.IOException;
import java.util.List;

/** The programs of the system that services and groups are changed with. */
interface Programs {

    /** How a program ended, and what it printed, errors too. */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    /**
     * Runs a program to its end; no shell is involved.
     *
     * @throws IOException if it can't be started or does not end in time
     */
    Result run(List<String> command) throws IOException;

    /** True if this process is root's. */
    boolean isRoot();
}
