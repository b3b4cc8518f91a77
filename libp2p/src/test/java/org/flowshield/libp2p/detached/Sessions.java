package org.flowshield.libp2p.detached;

import io.netty.buffer.Unpooled;
import org.flowshield.libp2p.yamux.DetachedSession;

/** States in which connections leave their event loop. */
final class Sessions {

    static final int STREAM = 1;

    private Sessions() {}

    static DetachedSession fresh(long sendWindow, long receiveWindow) {
        return new DetachedSession(
                STREAM,
                Unpooled.directBuffer(),
                new byte[0],
                0,
                false,
                false,
                false,
                sendWindow,
                receiveWindow,
                new byte[0]);
    }
}
