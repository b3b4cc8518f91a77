package org.flowshield.libp2p.resource;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The place that an inbound stream takes. It is held by the stream's channel and, once it is
 * served, by the thread that serves it as well: a peer that opens and resets streams faster than
 * they are served gains nothing. Any thread.
 */
public final class StreamScope {

    private final ConnectionScope connection;
    private final AtomicBoolean negotiating = new AtomicBoolean(true);
    private final AtomicInteger holders = new AtomicInteger(1);

    StreamScope(ConnectionScope connection) {
        this.connection = connection;
    }

    /** It is known what the stream is for. */
    public void negotiated() {
        if (negotiating.compareAndSet(true, false)) {
            connection.streamNegotiated();
        }
    }

    /** One more holds it. Called by a holder. */
    public void retain() {
        holders.incrementAndGet();
    }

    /** One holder less; each calls it once. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            negotiated();
            connection.streamEnded();
        }
    }
}
