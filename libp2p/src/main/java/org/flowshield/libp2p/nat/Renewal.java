package org.flowshield.libp2p.nat;

import java.time.Duration;

/** When a router is asked again. A calculation. */
final class Renewal {

    /** What is asked for, as PCP and NAT-PMP recommend at most. */
    static final Duration WANTED = Duration.ofHours(1);

    /** A router that was restarted has forgotten: it is asked again in time. */
    static final Duration LATEST = Duration.ofMinutes(20);

    /** A router that grants less than a minute is not asked without end. */
    static final Duration SOONEST = Duration.ofSeconds(30);

    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

    /** The network may be another by then: a laptop moves. */
    private static final Duration LAST_RETRY = Duration.ofMinutes(15);

    /** While nobody may be asked: whether it may be now is looked up, which costs nothing. */
    static final Duration HELD = Duration.ofSeconds(10);

    private static final int MAX_DOUBLINGS = 4;

    private Renewal() {}

    /** After a lease: when half of it is over. */
    static Duration after(Lease lease) {
        if (lease.lifetime().isZero()) {
            return LATEST;
        }
        Duration half = lease.lifetime().dividedBy(2);
        Duration bounded = half.compareTo(LATEST) > 0 ? LATEST : half;
        return bounded.compareTo(SOONEST) < 0 ? SOONEST : bounded;
    }

    /** After so many failures in a row, at least one. */
    static Duration afterFailures(int failures) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return wait.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait;
    }
}
