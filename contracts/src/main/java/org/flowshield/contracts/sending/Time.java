package org.flowshield.contracts.sending;

import java.time.Duration;

/** Time as it passes, not as clocks show it. */
public interface Time {

    /** Nanoseconds since some moment. */
    long nanos();

    void pause(Duration pause) throws InterruptedException;

    /** The machine's. */
    Time SYSTEM =
            new Time() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public void pause(Duration pause) throws InterruptedException {
                    Thread.sleep(pause);
                }
            };
}
