package org.flowshield.node.routing;

import java.io.IOException;

/**
 * The routes that send this machine's packets into the tunnel. While they stand, a packet that is
 * not the product's own leaves through the tunnel's device or not at all, also when the device or
 * this process is gone.
 */
public interface ClientRoutes extends AutoCloseable {

    /**
     * Leads packets into a new device after the old one is gone; until then, and for a family that
     * the new one does not carry, they are answered with unreachable.
     */
    void leadInto(RoutePlan plan) throws IOException;

    /** Restores the routes as they were. Idempotent. */
    @Override
    void close() throws IOException;
}
