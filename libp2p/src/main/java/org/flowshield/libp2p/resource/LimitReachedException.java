package org.flowshield.libp2p.resource;

import java.io.IOException;

/** There was no room within one of the host's own limits, or the peer is banned. */
public final class LimitReachedException extends IOException {

    private final Limit limit;

    LimitReachedException(Limit limit, String message) {
        super(message, null);
        this.limit = limit;
    }

    static LimitReachedException of(Limit limit, long bound) {
        return new LimitReachedException(
                limit,
                "this host's limit %s (%d) is reached; close something, or raise it"
                        .formatted(limit.label(), bound));
    }

    public Limit limit() {
        return limit;
    }
}
