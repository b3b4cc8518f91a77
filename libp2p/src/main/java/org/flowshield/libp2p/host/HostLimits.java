package org.flowshield.libp2p.host;

import java.time.Duration;

/** The numbers that bound what peers can make a host do. Where a resource manager will reach in. */
final class HostLimits {

    /** Inbound handshakes under way; go-libp2p's transient scope. Each costs a signature. */
    static final int PENDING_INBOUND = 64;

    /** Connections of a host, js-libp2p's default; more are closed when accepted. */
    static final int CONNECTIONS = 300;

    /** Inbound streams of a connection that have not yet agreed on a protocol. */
    static final int NEGOTIATING_STREAMS = 256;

    /**
     * From the first packet until streams can be opened, all steps together: a peer that sends a
     * byte now and then gains nothing.
     */
    static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(10);

    /** For two peers to agree on the protocol of a stream. */
    static final Duration NEGOTIATION_TIMEOUT = Duration.ofSeconds(10);

    /** Bytes between the event loop and a blocking reader: some chunks, to wake it less often. */
    static final int INBOX_HIGH = 256 * 1024;

    /** Below this an inbox that was full is filled again. */
    static final int INBOX_LOW = 64 * 1024;

    /** What one write to a stream's channel carries: one yamux frame. */
    static final int WRITE_CHUNK = 64 * 1024;

    private HostLimits() {}
}
