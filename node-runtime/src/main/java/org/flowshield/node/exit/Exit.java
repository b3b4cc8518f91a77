package org.flowshield.node.exit;

import java.io.IOException;

/** A provider's exit while it is open: what comes out of its device goes on to the internet. */
public interface Exit extends AutoCloseable {

    /** Restores the machine as it was, but for what others have changed since. Idempotent. */
    @Override
    void close() throws IOException;
}
