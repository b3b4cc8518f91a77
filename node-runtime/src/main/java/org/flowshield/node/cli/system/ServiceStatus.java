package org.flowshield.node.cli.system;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the service is at a moment. Immutable.
 *
 * @param unit the file that describes it to systemd; empty if there is none
 * @param enabled starts with the machine
 */
record ServiceStatus(Optional<Path> unit, Source source, boolean enabled, State state) {

    /** Who has put the unit there. */
    enum Source {
        NONE,
        PACKAGE,
        VERB
    }

    /** What systemd says of it. */
    enum State {
        RUNNING,
        STOPPED,
        FAILED,
        /** Nobody can tell: the system does not run, or not by systemd. */
        UNKNOWN
    }

    boolean installed() {
        return unit.isPresent();
    }
}
