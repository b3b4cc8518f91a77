package org.flowshield.node.tunnel.credit;

/** Placeholder of branch path's. */
public interface PaidMeter {

    int MAX_OVERSHOOT = 65_534;

    record Metered(long sent, long received, long unsolicited) {

        public static final Metered NOTHING = new Metered(0, 0, 0);

        public Metered {
            if (sent < 0 || received < 0 || unsolicited < 0) {
                throw new IllegalArgumentException("meters only grow");
            }
        }

        public long billable() {
            return sent + received;
        }
    }

    Metered metered();

    void allow(long untilTotal);

    void watch(long total, Runnable passed);

    void onBlocked(Runnable blocked);

    boolean blocked();
}
