package org.flowshield.libp2p.nat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a TCP port of this machine passed on by the router, as long as there is one that does it:
 * mapped, renewed, mapped anew when the router has forgotten, taken back at the end. Safe for use
 * by any thread; a virtual thread does it all, and nothing here blocks but {@link #close}, for a
 * few seconds.
 *
 * <pre>
 *          router grants               half of the lease
 *  asking ---------------> mapped ----------------------> asking
 *    ^ |
 *    | | nobody grants: state failed, waits longer each time
 *    '-'
 * </pre>
 *
 * While a tunnel would take what is sent, nobody is asked: what is mapped stays so until its lease
 * is over, and is not taken back.
 */
public final class PortMapping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PortMapping.class);

    /** For one router and protocol; one that does not speak it does not answer at all. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** To find routers: UPnP's take three seconds, and where names don't resolve it takes ten. */
    private static final Duration SEARCH = Duration.ofSeconds(30);

    private static final Duration FAREWELL = Duration.ofSeconds(3);

    /** How it stands. Immutable. */
    public sealed interface State {

        /** Routers are being asked for the first time. */
        record Asking() implements State {}

        /**
         * The port is passed on.
         *
         * @param protocol by which the router was asked
         */
        record Mapped(Lease lease, String protocol) implements State {}

        /**
         * It is not, and is tried again.
         *
         * @param why for people
         */
        record Failed(String why) implements State {}
    }

    private final int port;
    private final Routers routers;
    private final BooleanSupplier mayAsk;
    private final Consumer<State> changed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker;
    private volatile State state = new State.Asking();

    /** By the monotonic clock; says something while it is mapped. */
    private volatile long granted;

    private @Nullable Router router;
    private int failures;

    /** How long the lease goes on while it can't be renewed. */
    private Duration remaining = Duration.ZERO;

    private PortMapping(
            int port, Routers routers, BooleanSupplier mayAsk, Consumer<State> changed) {
        this.port = port;
        this.routers = routers;
        this.mayAsk = mayAsk;
        this.changed = changed;
        this.worker = Thread.ofVirtual().name("port-mapping").unstarted(this::keep);
    }

    /**
     * Begins, with the routers of this machine.
     *
     * @param port of TCP, where this machine listens
     * @param mayAsk whether what is sent now goes to a router at home: while it says no, nothing is
     *     sent, and what was granted is kept until its lease is over
     * @param changed told of each new state, on the thread that does the work
     */
    public static PortMapping start(int port, BooleanSupplier mayAsk, Consumer<State> changed) {
        return start(port, new NetworkRouters(), mayAsk, changed);
    }

    static PortMapping start(
            int port, Routers routers, BooleanSupplier mayAsk, Consumer<State> changed) {
        PortMapping mapping = new PortMapping(port, routers, mayAsk, changed);
        mapping.worker.start();
        return mapping;
    }

    /** How it stands now. */
    public State state() {
        return state;
    }

    /** What is granted now, if it leads here from the internet. */
    public Optional<Lease> lease() {
        return state instanceof State.Mapped(Lease lease, _)
                ? Optional.of(lease).filter(Lease::isOfTheInternet)
                : Optional.empty();
    }

    /** How long what is granted now goes on without renewal; empty: until it is taken back. */
    public Optional<Duration> left() {
        return state instanceof State.Mapped(Lease lease, _) && !lease.lifetime().isZero()
                ? Optional.of(lease.lifetime().minusNanos(System.nanoTime() - granted))
                : Optional.empty();
    }

    private void keep() {
        try {
            Duration wait = Duration.ZERO;
            while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = mayAsk.getAsBoolean() ? ask() : hold();
            }
            if (router != null && mayAsk.getAsBoolean()) {
                Router last = router;
                within(
                        FAREWELL,
                        () -> {
                            last.unmap();
                            return true;
                        });
            }
        } catch (IOException e) {
            LOG.debug("the router keeps the port until the lease is over: {}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            routers.close();
        }
    }

    /** Returns when to look again. */
    private Duration hold() {
        boolean isOver =
                !(state instanceof State.Mapped(Lease lease, _))
                        || (!lease.lifetime().isZero() && remaining.isNegative());
        if (isOver) {
            become(new State.Failed("the router can't be asked now: a tunnel takes what is sent"));
        }
        remaining = remaining.minus(Renewal.HELD);
        return Renewal.HELD;
    }

    /** Returns when to ask again. */
    private Duration ask() throws InterruptedException {
        try {
            State.Mapped mapped = mapAnywhere();
            failures = 0;
            granted = System.nanoTime();
            become(mapped);
            Duration renewed = Renewal.after(mapped.lease());
            remaining = mapped.lease().lifetime().minus(renewed).minus(Renewal.HELD);
            return renewed;
        } catch (IOException e) {
            router = null;
            failures++;
            become(new State.Failed(String.valueOf(e.getMessage())));
            return Renewal.afterFailures(failures);
        }
    }

    private State.Mapped mapAnywhere() throws IOException, InterruptedException {
        if (router != null) {
            try {
                return mapBy(router);
            } catch (IOException e) {
                LOG.debug("{} does not renew: {}", router.protocol(), e.getMessage());
                router = null;
            }
        }
        IOException failure = new IOException("no router was found that can be asked");
        for (Callable<List<Router>> search : routers.searches()) {
            for (Router each : found(search)) {
                try {
                    State.Mapped mapped = mapBy(each);
                    router = each;
                    return mapped;
                } catch (IOException e) {
                    LOG.debug("not by {}: {}", each.protocol(), e.getMessage());
                    failure =
                            new IOException(
                                    "the router does not pass the port on (%s: %s); map it by"
                                                    .formatted(each.protocol(), e.getMessage())
                                            + " hand, or switch UPnP or NAT-PMP on in the router",
                                    e);
                }
            }
        }
        throw failure;
    }

    private static List<Router> found(Callable<List<Router>> search) throws InterruptedException {
        try {
            return within(SEARCH, search);
        } catch (IOException e) {
            LOG.debug("a search for routers failed: {}", e.getMessage());
            return List.of();
        }
    }

    private State.Mapped mapBy(Router asked) throws IOException, InterruptedException {
        Lease lease = within(ANSWER, () -> asked.map(port, Renewal.WANTED));
        return new State.Mapped(lease, asked.protocol());
    }

    private void become(State next) {
        if (!next.equals(state)) {
            state = next;
            changed.accept(next);
        }
    }

    /** Runs what may block for long in a thread of its own, which is interrupted in time. */
    private static <T> T within(Duration limit, Callable<T> work)
            throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("port-mapping-request").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new InterruptedIOException("no answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException(String.valueOf(e.getCause()), e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    /**
     * Has the mapping taken back, waiting for some seconds at most; at once if there is none. A
     * router that was just being asked may grant it nevertheless, until the lease is over.
     * Idempotent.
     */
    @Override
    public void close() {
        closing.countDown();
        if (!(state instanceof State.Mapped)) {
            worker.interrupt();
        }
        try {
            // A renewal may be under way before the farewell.
            if (!worker.join(ANSWER.plus(FAREWELL))) {
                worker.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
