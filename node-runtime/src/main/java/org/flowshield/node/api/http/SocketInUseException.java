package org.flowshield.node.api.http;

import java.io.IOException;
import java.nio.file.Path;

/** Another daemon serves this socket. */
public final class SocketInUseException extends IOException {

    SocketInUseException(Path socket) {
        super("another daemon serves " + socket);
    }
}
