package org.flowshield.app.daemon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.client.EventStream;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.client.NodeEvent;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogQuery;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon behind its socket. One virtual thread follows what it tells, and begins anew when that
 * ends: at once after an event, then after pauses that grow to {@link #LONGEST_PAUSE}.
 */
public final class SocketDaemon implements Daemon {

    private static final Logger LOG = LoggerFactory.getLogger(SocketDaemon.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final NodeClient node;
    private final List<Consumer<DaemonState>> listeners = new CopyOnWriteArrayList<>();
    private final Thread follower;

    /** Protects all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition retry = lock.newCondition();
    private boolean hurry;
    private boolean closed;
    private DaemonState state = new DaemonState.Unknown();
    private @Nullable EventStream stream;

    public SocketDaemon(Path socket) {
        this.node = new NodeClient(socket);
        this.follower = Thread.ofVirtual().name("daemon").start(this::follow);
    }

    @Override
    public DaemonState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Watch watch(Consumer<DaemonState> listener) {
        listeners.add(listener);
        listener.accept(state());
        return () -> listeners.remove(listener);
    }

    @Override
    public void retryNow() {
        lock.lock();
        try {
            hurry = true;
            retry.signal();
        } finally {
            lock.unlock();
        }
    }

    private void follow() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!isClosed()) {
                boolean heard = followOnce();
                pause = heard ? FIRST_PAUSE : longer(pause);
                pause(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    /** Whether there was an event. */
    private boolean followOnce() throws InterruptedException {
        boolean heard = false;
        try (EventStream events = node.events()) {
            keep(events);
            NodeStatus status = null;
            for (Optional<NodeEvent> event = events.next();
                    event.isPresent();
                    event = events.next()) {
                status = status == null ? first(event.get()) : event.get().applyTo(status);
                heard = true;
                tell(new DaemonState.Live(status));
            }
            tell(new DaemonState.Away(DaemonState.Reason.STOPPED, "the daemon stopped"));
        } catch (NoDaemonException e) {
            tell(new DaemonState.Away(reason(e), e.getMessage()));
        } catch (RefusedException e) {
            tell(new DaemonState.Away(DaemonState.Reason.NOT_ALLOWED, e.getMessage()));
        } finally {
            keep(null);
        }
        return heard;
    }

    private static NodeStatus first(NodeEvent event) {
        if (event instanceof NodeEvent.Snapshot(NodeStatus status)) {
            return status;
        }
        throw new IllegalStateException("a daemon tells all before it tells what has changed");
    }

    private static DaemonState.Reason reason(NoDaemonException e) {
        return switch (e.reason()) {
            case MISSING -> DaemonState.Reason.NOT_RUNNING;
            case DEAD, SILENT -> DaemonState.Reason.STOPPED;
        };
    }

    private void keep(@Nullable EventStream events) {
        lock.lock();
        try {
            stream = events;
            if (events != null && closed) {
                events.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(DaemonState now) {
        DaemonState before;
        lock.lock();
        try {
            if (closed || now.equals(state)) {
                return;
            }
            before = state;
            state = now;
        } finally {
            lock.unlock();
        }
        write(before, now);
        listeners.forEach(listener -> listener.accept(now));
    }

    private static void write(DaemonState before, DaemonState now) {
        switch (now) {
            case DaemonState.Live(NodeStatus status) -> {
                if (!(before instanceof DaemonState.Live)) {
                    LOG.info("the service answers; its version is {}", status.version());
                }
            }
            case DaemonState.Away(DaemonState.Reason reason, String why) ->
                    LOG.info("the service is away, {}: {}", reason, why);
            case DaemonState.Unknown _ -> {}
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!hurry && !closed && left > 0) {
                left = retry.awaitNanos(left);
            }
            hurry = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ClientStatus connect(ConnectRequest request)
            throws FailureException, InterruptedException {
        return ask(() -> node.connect(request));
    }

    @Override
    public ClientStatus disconnect() throws FailureException, InterruptedException {
        return ask(node::disconnect);
    }

    @Override
    public RoleStatus enable(RoleName role) throws FailureException, InterruptedException {
        return ask(() -> node.enable(role));
    }

    @Override
    public RoleStatus disable(RoleName role) throws FailureException, InterruptedException {
        return ask(() -> node.disable(role));
    }

    @Override
    public ClientSettings clientSettings() throws FailureException, InterruptedException {
        return ask(node::clientSettings);
    }

    @Override
    public ClientSettings change(ClientSettingsChange change)
            throws FailureException, InterruptedException {
        return ask(() -> node.change(change));
    }

    @Override
    public NetworkSettings networkSettings() throws FailureException, InterruptedException {
        return ask(() -> node.network().settings());
    }

    @Override
    public NetworkSettings change(NetworkChange change)
            throws FailureException, InterruptedException {
        return ask(() -> node.network().change(change));
    }

    @Override
    public FoundProviders find(ProviderQuery query) throws FailureException, InterruptedException {
        return ask(() -> node.market().find(query));
    }

    @Override
    public Quote quote(String provider) throws FailureException, InterruptedException {
        return ask(() -> node.payments().quote(provider));
    }

    @Override
    public List<ChannelStatus> channels() throws FailureException, InterruptedException {
        return ask(() -> node.payments().channels());
    }

    @Override
    public ChannelStatus open(ChannelOpening opening)
            throws FailureException, InterruptedException {
        return ask(() -> node.payments().open(opening));
    }

    @Override
    public ChannelStatus topUp(ChannelId channel, TokenAmount amount)
            throws FailureException, InterruptedException {
        return ask(() -> node.payments().topUp(channel, amount));
    }

    @Override
    public ChannelClosing close(ChannelId channel) throws FailureException, InterruptedException {
        return ask(() -> node.payments().close(channel));
    }

    @Override
    public Spending spending() throws FailureException, InterruptedException {
        return ask(() -> node.payments().spending());
    }

    @Override
    public Spending cap(SpendingCaps caps) throws FailureException, InterruptedException {
        return ask(() -> node.payments().cap(caps));
    }

    @Override
    public PaymentStatus payFrom(EvmAddress wallet) throws FailureException, InterruptedException {
        return ask(() -> node.payments().payFrom(wallet));
    }

    @Override
    public Earnings earnings(int days) throws FailureException, InterruptedException {
        return ask(() -> node.payments().earnings(days));
    }

    @Override
    public List<Settlement> settle() throws FailureException, InterruptedException {
        return ask(() -> node.payments().settle());
    }

    @Override
    public SellingStatus selling() throws FailureException, InterruptedException {
        return ask(() -> node.selling().status());
    }

    @Override
    public SellingStatus offer(ProviderOffer change) throws FailureException, InterruptedException {
        return ask(() -> node.selling().offer(change));
    }

    @Override
    public ScheduleStatus schedule() throws FailureException, InterruptedException {
        return ask(() -> node.schedule().status());
    }

    @Override
    public ScheduleStatus reschedule(ScheduleChange change)
            throws FailureException, InterruptedException {
        return ask(() -> node.schedule().change(change));
    }

    @Override
    public IdentityStatus identity() throws FailureException, InterruptedException {
        return ask(() -> node.identity().status());
    }

    @Override
    public LogExcerpt logs(LogQuery query) throws FailureException, InterruptedException {
        return ask(() -> node.logs().read(query));
    }

    private interface Question<T> {
        T ask() throws NoDaemonException, RefusedException, InterruptedException;
    }

    private static <T> T ask(Question<T> question) throws FailureException, InterruptedException {
        try {
            return question.ask();
        } catch (NoDaemonException e) {
            Problem problem =
                    new Problem("no_daemon", e.getMessage(), "start the FlowShield service");
            throw new FailureException(new Failure(Failure.Kind.NO_DAEMON, problem), e);
        } catch (RefusedException e) {
            throw new FailureException(new Failure(Failure.Kind.REFUSED, e.problem()), e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            retry.signal();
            if (stream != null) {
                stream.close();
            }
        } finally {
            lock.unlock();
        }
        listeners.clear();
        follower.interrupt();
        try {
            follower.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.close();
    }
}
