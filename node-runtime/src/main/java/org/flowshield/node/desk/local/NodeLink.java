package org.flowshield.node.desk.local;

import java.nio.file.Path;
import org.flowshield.node.api.client.NodeClient;
import org.jspecify.annotations.Nullable;

/** The way to this machine's daemon, opened when it is first needed. Safe for use by any thread. */
final class NodeLink implements AutoCloseable {

    private final Path socket;

    /** Guarded by this. */
    private @Nullable NodeClient client;

    NodeLink(Path socket) {
        this.socket = socket;
    }

    synchronized NodeClient client() {
        NodeClient opened = client;
        if (opened == null) {
            opened = new NodeClient(socket);
            client = opened;
        }
        return opened;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
