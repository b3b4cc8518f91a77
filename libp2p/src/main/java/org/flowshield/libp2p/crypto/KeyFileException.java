package org.flowshield.libp2p.crypto;

import java.io.IOException;
import java.nio.file.Path;

/** A key file that is there but is not used. The file has not been changed. */
public final class KeyFileException extends IOException {

    /** Why it is not used. */
    public enum Reason {
        /** It holds something else than a host key. */
        CORRUPT,
        /** Users other than its owner may read or write it. */
        EXPOSED
    }

    private final Reason reason;

    KeyFileException(Reason reason, Path file, String message) {
        super("key file " + file + " " + message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
