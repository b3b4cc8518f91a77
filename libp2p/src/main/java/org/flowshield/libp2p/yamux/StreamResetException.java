package org.flowshield.libp2p.yamux;

import java.io.IOException;

/** The peer ended a stream in both directions at once; what was under way is lost. */
public final class StreamResetException extends IOException {

    StreamResetException() {
        super("the peer reset the stream");
    }
}
