package org.flowshield.node.resolver;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** The system's name resolution. One thread at a time; calls block. */
public interface SystemResolver {

    /**
     * Has names asked of these servers alone until {@link #restore}, also if this process is
     * killed; then {@code cleanup} restores.
     *
     * @param servers at least one
     * @throws IOException if it can't; nothing was changed
     */
    void pointAt(List<InetAddress> servers) throws IOException;

    /** Puts the settings back unless somebody else has changed them since. Idempotent. */
    void restore() throws IOException;
}
