package org.flowshield.node.routing;

import java.io.IOException;

/**
 * The routes that send this machine's packets into the tunnel. While they stand, a packet that is
 * not the product's own leaves through the tunnel's device or not at all, also when the device or
 * this process is gone.
 */
public interface ClientRoutes extends AutoCloseable {

    /** Restores the routes as they were. Idempotent. */
    @Override
    void close() throws IOException;
}
