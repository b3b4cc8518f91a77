package org.flowshield.libp2p.host;

import java.io.IOException;
import java.time.Duration;

/** The peer did not answer in time; the stream was reset, the connection may still be there. */
public final class PeerTimeoutException extends IOException {

    public PeerTimeoutException(Duration limit, IOException cause) {
        super("the peer did not answer within " + limit.toSeconds() + " s", cause);
    }
}
