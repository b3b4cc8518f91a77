package org.flowshield.node.api.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** No daemon answers at a socket; says why. */
public final class NoDaemonException extends IOException {

    /** Why nobody answers. */
    public enum Reason {
        /** There is no socket: no daemon runs, or it serves another. */
        MISSING,
        /** There is one, but nobody listens: the daemon died. */
        DEAD,
        /** Somebody listens, but does not answer in time, or hung up. */
        SILENT
    }

    private final Reason reason;

    NoDaemonException(Path socket, Reason reason, Throwable cause) {
        super(
                switch (reason) {
                    case MISSING -> "no daemon runs here: there is no socket " + socket;
                    case DEAD -> "no daemon listens at " + socket + ": it stopped or died";
                    case SILENT -> "the daemon at " + socket + " does not answer";
                },
                cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Never null: every reason has its message. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
