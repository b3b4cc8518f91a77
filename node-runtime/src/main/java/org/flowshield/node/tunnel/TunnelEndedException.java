package org.flowshield.node.tunnel;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A session could not be opened, or is over. */
public final class TunnelEndedException extends IOException {

    private final EndReason reason;

    TunnelEndedException(EndReason reason, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public EndReason reason() {
        return reason;
    }
}
