package org.flowshield.libp2p.connections;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.peer.PeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections of a host that nobody needs when there are too many; see {@link WaterMarks}.
 * Those of protected peers are never closed, nor those that have left their event loop for a lane:
 * the host has let go of these. Safe for use by any thread; one virtual thread looks, whenever a
 * connection comes that is one too many, and now and then.
 */
public final class ConnectionManager implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionManager.class);

    /** For those that were too young before, when no new one comes. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final Host host;
    private final WaterMarks marks;
    private final Clock clock;
    private final PeerWorth worth = new PeerWorth();
    private final Map<Connection, Instant> opened = new ConcurrentHashMap<>();

    /** A permit: there may be too many. */
    private final Semaphore looks = new Semaphore(0);

    private final AtomicLong trimmed = new AtomicLong();
    private volatile boolean closed;

    private ConnectionManager(Host host, WaterMarks marks, Clock clock) {
        this.host = host;
        this.marks = marks;
        this.clock = clock;
    }

    /** Watches a host from now on, until closed. */
    public static ConnectionManager install(Host host, WaterMarks marks, Clock clock) {
        ConnectionManager manager = new ConnectionManager(host, marks, clock);
        host.onConnection(manager::opened);
        Thread.ofVirtual().name("connection-manager").start(manager::watch);
        return manager;
    }

    /**
     * Never closes connections of these peers.
     *
     * @param tag why; see {@link #forget}
     * @param peers asked each time, by the manager's thread; must not block for long
     */
    public void protect(String tag, Supplier<? extends Collection<PeerId>> peers) {
        worth.protect(tag, peers);
    }

    /** Closes connections of these peers after those that are worth less. */
    public void value(String tag, int value, Supplier<? extends Collection<PeerId>> peers) {
        worth.value(tag, value, peers);
    }

    /** Takes back all that was said under a tag. */
    public void forget(String tag) {
        worth.forget(tag);
    }

    /** How many connections were closed because there were too many. */
    public long trimmed() {
        return trimmed.get();
    }

    private void opened(Connection connection) {
        if (closed) {
            return;
        }
        opened.put(connection, clock.instant());
        connection.closed().thenRun(() -> opened.remove(connection));
        if (opened.size() > marks.high() && looks.availablePermits() == 0) {
            looks.release();
        }
    }

    private void watch() {
        try {
            while (!closed) {
                if (looks.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    looks.drainPermits();
                }
                trim();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks now; for {@link #watch} and tests. */
    void trim() {
        List<Connection> connections = host.connections();
        if (closed || connections.size() <= marks.high()) {
            return;
        }
        Set<PeerId> kept = worth.kept();
        Map<PeerId, Integer> worths = worth.worths();
        Instant now = clock.instant();
        List<Candidate<Connection>> candidates =
                connections.stream()
                        .map(
                                it ->
                                        new Candidate<>(
                                                it,
                                                opened.getOrDefault(it, now),
                                                kept.contains(it.remotePeer()),
                                                worths.getOrDefault(it.remotePeer(), 0),
                                                it.openStreams()))
                        .toList();
        List<Connection> closing = Trimming.of(candidates, marks, now);
        if (closing.isEmpty()) {
            return;
        }
        LOG.debug("{} connections, {} are closed", connections.size(), closing.size());
        trimmed.addAndGet(closing.size()); // known when the first of them is seen to be closed
        closing.forEach(Connection::close);
    }

    /** Closes nothing from now on; connections stay as they are. Idempotent. */
    @Override
    public void close() {
        closed = true;
        looks.release();
    }
}
