package org.flowshield.node.tunnel;

import org.flowshield.libp2p.transport.DialOptions;

/** What the sockets of lanes are asked for, on both sides. */
public final class LaneSockets {

    /** Keeps its rate where single packets are lost, as on every path with a radio in it. */
    private static final String CONGESTION = "bbr";

    /** Two full batches: the socket never runs dry while the next is sealed, and no more waits. */
    private static final int NOT_SENT_LOWAT = 256 * 1024;

    private LaneSockets() {}

    /**
     * Options for a lane's socket.
     *
     * @param mark of the socket, 0 for none
     */
    public static DialOptions options(int mark) {
        return DialOptions.DEFAULT
                .withMark(mark)
                .withCongestion(CONGESTION)
                .withNotSentLowat(NOT_SENT_LOWAT);
    }
}
