package org.flowshield.node.wallet.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** No process holds the wallet's keys: it is locked. */
public final class NoAgentException extends IOException {

    NoAgentException(Path wallet, Throwable cause) {
        super("the wallet " + wallet + " is locked", cause);
    }

    /** Never null: it was given one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
