package org.flowshield.node.api.schedule;

import org.flowshield.node.api.RefusedException;

/**
 * In which hours a node sells, changed while it runs. What was chosen outlives a restart and goes
 * before the configuration. Safe for use by any thread; waits for the disk.
 */
public interface Scheduling {

    ScheduleStatus status();

    /**
     * Changes it. The provider role follows soon after, whatever was switched by hand before; hours
     * that are not followed any more leave it as it is, at the next start too.
     *
     * @throws RefusedException if it can't be kept; then nothing has changed
     */
    ScheduleStatus change(ScheduleChange change) throws RefusedException;
}
