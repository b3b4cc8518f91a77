package org.flowshield.libp2p.identify;

import java.time.Duration;
import java.time.Instant;

/** How many pushes a connection may still send: a token bucket. Not safe for several threads. */
final class PushBudget {

    /** Enough for a peer that starts up and learns its addresses one by one. */
    static final int BURST = 8;

    /** Addresses and protocols do not change more often for long. */
    static final Duration REFILL = Duration.ofSeconds(5);

    private int tokens = BURST;
    private Instant filled;

    PushBudget(Instant now) {
        this.filled = now;
    }

    boolean take(Instant now) {
        long earned = Duration.between(filled, now).dividedBy(REFILL);
        if (earned > 0) {
            tokens = (int) Math.min(BURST, tokens + earned);
            filled = filled.plus(REFILL.multipliedBy(earned));
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
