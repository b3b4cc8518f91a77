package org.flowshield.node.payment;

import org.flowshield.node.tunnel.credit.PaidMeter.Metered;

/**
 * How things stand when something happens to a session. Immutable.
 *
 * @param now of a monotonic clock, in nanoseconds
 * @param metered on this side
 * @param held whether something waits at this side's limit
 */
public record Moment(long now, Metered metered, boolean held) {

    /** The same just before the limit is raised: whoever waited goes on, or says so again. */
    Moment letGo() {
        return new Moment(now, metered, false);
    }
}
