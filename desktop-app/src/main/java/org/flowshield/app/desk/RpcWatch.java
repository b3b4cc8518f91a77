package org.flowshield.app.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.app.threads.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the service which RPCs it was given, each time that it begins to answer, so that the desks
 * ask the same. If that fails it is asked again when it says something. Safe for use by any thread.
 */
public final class RpcWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RpcWatch.class);

    /** It tells of counters each second; what failed just now would fail again. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Daemon daemon;
    private final OwnRpcs rpcs;
    private final Work work;
    private final InstantSource clock;

    // Guarded by this: whether the daemon was there when it was heard of last, whether what was
    // asked of it failed, and when that was asked.
    private boolean live;
    private boolean failed;
    private Instant asked = Instant.EPOCH;

    private final Daemon.Watch watch;

    public RpcWatch(Daemon daemon, OwnRpcs rpcs, Work work, InstantSource clock) {
        this.daemon = daemon;
        this.rpcs = rpcs;
        this.work = work;
        this.clock = clock;
        this.watch = daemon.watch(this::heard);
    }

    private void heard(DaemonState state) {
        if (isToBeAsked(state instanceof DaemonState.Live)) {
            Work.Running _ = work.start("own-rpcs", this::ask, _ -> {}, this::failed);
        }
    }

    private synchronized boolean isToBeAsked(boolean now) {
        Instant time = clock.instant();
        boolean begins = now && !live;
        boolean again = now && failed && !time.isBefore(asked.plus(PAUSE));
        live = now;
        if (!begins && !again) {
            return false;
        }
        failed = false;
        asked = time;
        return true;
    }

    private synchronized void failed(Failure why) {
        failed = true;
        LOG.warn("the service does not say which RPCs it asks: {}", why.problem().code());
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
