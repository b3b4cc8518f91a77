package org.flowshield.node.tunnel.credit;

import org.flowshield.tun.Frame;

/**
 * Counts what a session may be charged for, and holds both directions at a limit. Any thread may
 * call the methods; callbacks come from threads that carry packets and must not wait.
 */
public interface PaidMeter {

    /**
     * How far {@link Metered#billable} may end up above the limit, all lanes and both directions
     * together: one packet less the byte that was still free.
     */
    int MAX_OVERSHOOT = Frame.MAX_PACKET - 1;

    /**
     * Bytes of inner packets. Immutable.
     *
     * @param sent given to the lanes' sockets
     * @param received out of the lanes and for the device, without the unsolicited
     * @param unsolicited received without having been asked for; 0 at a provider
     */
    record Metered(long sent, long received, long unsolicited) {

        public Metered {
            if (sent < 0 || received < 0 || unsolicited < 0) {
                throw new IllegalArgumentException("meters only grow");
            }
        }

        /** What may be charged for. */
        public long billable() {
            return sent + received;
        }
    }

    /**
     * What was carried so far. Each number only grows, but that a lane which breaks takes back the
     * batch that its socket did not take; it was counted before, so that nobody can have received
     * what is not counted yet.
     */
    Metered metered();

    /**
     * Lets packets pass until {@link Metered#billable} has reached this total; raises the limit, or
     * lowers it. {@link Long#MAX_VALUE} stands for no limit.
     */
    void allow(long untilTotal);

    /**
     * Runs {@code passed} once, as soon as {@link Metered#billable} has reached a total; at once if
     * it has. Takes the place of the watch before.
     */
    void watch(long total, Runnable passed);

    /**
     * Runs {@code blocked} each time that a packet finds the limit reached for the first time since
     * it was raised; at once if one waits already. Takes the place of the one before.
     */
    void onBlocked(Runnable blocked);

    /** True while something waits at the limit. */
    boolean blocked();
}
