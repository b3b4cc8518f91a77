package org.flowshield.app.desk;

import java.util.concurrent.atomic.AtomicBoolean;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.app.threads.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the service which RPCs it was given, each time that it begins to answer, so that the desks
 * ask the same. Safe for use by any thread.
 */
public final class RpcWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RpcWatch.class);

    private final Daemon daemon;
    private final OwnRpcs rpcs;
    private final Work work;

    /** Whether the daemon was there when it was heard of last. */
    private final AtomicBoolean live = new AtomicBoolean();

    private final Daemon.Watch watch;

    public RpcWatch(Daemon daemon, OwnRpcs rpcs, Work work) {
        this.daemon = daemon;
        this.rpcs = rpcs;
        this.work = work;
        this.watch = daemon.watch(this::heard);
    }

    private void heard(DaemonState state) {
        boolean now = state instanceof DaemonState.Live;
        if (live.getAndSet(now) || !now) {
            return;
        }
        Work.Running _ =
                work.start(
                        "own-rpcs",
                        this::ask,
                        _ -> {},
                        failure ->
                                LOG.warn(
                                        "the service does not say which RPCs it asks: {}",
                                        failure.problem().code()));
    }

    private boolean ask() throws FailureException, InterruptedException {
        rpcs.take(daemon.networkSettings());
        return true;
    }

    @Override
    public void close() {
        watch.close();
    }
}
