package org.flowshield.app.daemon;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.NodeStatus;

/**
 * Tells when this machine's traffic has begun to take another way: through a tunnel, through
 * another one, or past it. While it is blocked it takes none, and nothing is told. Safe for use by
 * any thread.
 */
public final class WayWatch implements AutoCloseable {

    private final Runnable changed;
    private final Daemon.Watch watch;

    /** Protected by this object's lock: the first state is told by who begins to watch. */
    private Optional<Way> last = Optional.empty();

    /** A way that traffic takes. */
    sealed interface Way {

        /** Past all tunnels. */
        record Open() implements Way {}

        /** Through the tunnel of a session: another one has other addresses. */
        record Inside(Instant since) implements Way {}
    }

    /**
     * @param changed must not wait
     */
    public WayWatch(Daemon daemon, Runnable changed) {
        this.changed = changed;
        this.watch = daemon.watch(this::heard);
    }

    private void heard(DaemonState state) {
        Optional<Way> now = way(state);
        if (now.isPresent() && isAnother(now)) {
            changed.run();
        }
    }

    private synchronized boolean isAnother(Optional<Way> now) {
        boolean another = last.isPresent() && !last.equals(now);
        last = now;
        return another;
    }

    /** Empty: nothing leaves, or nobody knows. */
    static Optional<Way> way(DaemonState state) {
        if (!(state instanceof DaemonState.Live(NodeStatus status))) {
            return Optional.empty();
        }
        ClientStatus client = status.client();
        ClientState at = client == null ? ClientState.DISCONNECTED : client.state();
        return switch (at) {
            case DISCONNECTED -> Optional.of(new Way.Open());
            case CONNECTED -> Optional.ofNullable(client).map(one -> new Way.Inside(one.since()));
            case CONNECTING, RECONNECTING, DISCONNECTING, BLOCKING_FAILED -> Optional.empty();
        };
    }

    @Override
    public void close() {
        watch.close();
    }
}
