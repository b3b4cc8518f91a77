package org.flowshield.node.routing;

import java.io.IOException;

/**
 * Traffic that stays blocked since a process was ended without disconnecting, until another goes on
 * in its place.
 */
public interface LeftBlocked extends AutoCloseable {

    /** Lets go; what else blocks by then goes on to. Idempotent. */
    @Override
    void close() throws IOException;
}
