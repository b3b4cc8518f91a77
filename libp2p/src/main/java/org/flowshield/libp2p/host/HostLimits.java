package org.flowshield.libp2p.host;

import java.time.Duration;

/**
 * The fixed numbers of a host: times, and the sizes of what lies between threads. How much peers
 * may take is in {@link org.flowshield.libp2p.resource.Limit}.
 */
final class HostLimits {

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

    /** The same when there is no room for more: a connection's other streams get theirs too. */
    static final int SCARCE_WRITE_CHUNK = 16 * 1024;

    /** One read of a peer that is not authenticated: a handshake's flight fits. */
    static final int UNAUTHENTICATED_READ = 4 * 1024;

    /** For the threads of streams to end by themselves when the host closes; then interrupted. */
    static final Duration STREAM_THREADS_GRACE = Duration.ofSeconds(1);

    private HostLimits() {}
}
