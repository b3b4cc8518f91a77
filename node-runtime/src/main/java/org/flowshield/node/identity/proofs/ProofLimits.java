package org.flowshield.node.identity.proofs;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How often strangers may have the chain asked for them. Guarded by itself. */
final class ProofLimits {

    /** Of an RPC's answers a second: each client asks twice and remembers for 30 s. */
    static final int PER_SECOND = 20;

    /** After a quiet while: some hundred clients that come at once. */
    static final int AT_ONCE = 200;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private double left = AT_ONCE;
    private long at;

    ProofLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.at = nanoTime.getAsLong();
    }

    synchronized boolean take() {
        long now = nanoTime.getAsLong();
        left = Math.min(AT_ONCE, left + (double) (now - at) / SECOND * PER_SECOND);
        at = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
