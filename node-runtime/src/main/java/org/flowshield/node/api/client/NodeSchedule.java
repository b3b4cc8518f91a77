package org.flowshield.node.api.client;

import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;

/**
 * In which hours the daemon behind a socket sells; see {@link
 * org.flowshield.node.api.schedule.Scheduling}. Safe for use by any thread.
 */
public final class NodeSchedule {

    private static final String PATH = "/v1/provider/schedule";

    private final NodeClient client;

    NodeSchedule(NodeClient client) {
        this.client = client;
    }

    public ScheduleStatus status()
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.get(PATH, ScheduleStatus.class);
    }

    public ScheduleStatus change(ScheduleChange change)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.put(PATH, change, ScheduleStatus.class);
    }
}
