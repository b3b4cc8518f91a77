package org.flowshield.node.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.flowshield.node.api.http.AccessPolicy;
import org.flowshield.node.api.http.ApiServer;

/** A {@link MemoryNode} behind a real server, in a folder that everybody can enter. */
public final class ServedNode implements AutoCloseable {

    private final MemoryNode node = new MemoryNode();
    private final Path folder;
    private final ApiServer server;

    public ServedNode(Path folder) throws IOException {
        this.folder = folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.server = ApiServer.start(node, folder.resolve("api.sock"), new AccessPolicy(folder));
    }

    public MemoryNode node() {
        return node;
    }

    public Path folder() {
        return folder;
    }

    public Path socket() {
        return server.socket();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
