package org.flowshield.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.identity.Identities;
import org.flowshield.node.api.logs.Logs;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.logging.LatestLines;
import org.flowshield.node.role.MemoryTimetable;
import org.jspecify.annotations.Nullable;

/**
 * A node whose status is what a test last set and whose actions only change it. Safe for use by any
 * thread.
 */
public final class MemoryNode implements Node {

    public static final String PEER_ID = "12D3KooWJzcVHGMVHuKQyZjGkSPsTzMPcoMaRQgmPm9oKrcUhMSD";
    public static final String PROVIDER =
            "/ip4/203.0.113.7/tcp/4001/p2p/12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d";

    /** Far above what a JVM needs to start on a busy machine. */
    private static final int SECONDS = 100;

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final MemoryPayments payments = new MemoryPayments(this::refuse);
    private final MemoryMarket market = new MemoryMarket(this::refuse);
    private final MemoryOwner owner = new MemoryOwner(this::act);
    private final MemoryNetwork network = new MemoryNetwork(this::refuse);
    private final MemoryTimetable timetable = new MemoryTimetable(this::act);
    private volatile LatestLines log = new LatestLines(START);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile NodeStatus status = off();
    private volatile ClientSettings settings = ClientSettings.DEFAULT;
    private volatile @Nullable CompletableFuture<ClientStatus> attempt;
    private final CompletableFuture<Boolean> attempted = new CompletableFuture<>();
    private volatile @Nullable TokenAmount lastMaxPrice;
    private volatile @Nullable RefusedException refusal;
    private volatile @Nullable RuntimeException bug;

    @Override
    public NodeStatus status() {
        asked.incrementAndGet();
        RuntimeException thrown = bug;
        if (thrown != null) {
            throw thrown;
        }
        return status;
    }

    @Override
    public MemoryPayments payments() {
        return payments;
    }

    @Override
    public MemoryMarket market() {
        return market;
    }

    @Override
    public Identities identity() {
        return owner;
    }

    @Override
    public Selling selling() {
        return owner.selling();
    }

    @Override
    public Logs logs() {
        return query -> log.read(query);
    }

    @Override
    public MemoryNetwork network() {
        return network;
    }

    @Override
    public MemoryTimetable schedule() {
        return timetable;
    }

    @Override
    public Subscription watch(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public ClientStatus connect(ConnectRequest request)
            throws RefusedException, InterruptedException {
        refuse();
        lastMaxPrice = request.maxPrice();
        set(withClient(client(ClientState.CONNECTING, request.provider())));
        CompletableFuture<ClientStatus> result = attempt;
        ClientStatus connected = connected(request);
        if (result != null) {
            attempted.complete(true);
            connected = await(result);
        }
        set(withClient(connected));
        return connected;
    }

    private static ClientStatus await(CompletableFuture<ClientStatus> result)
            throws RefusedException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public ClientStatus disconnect() throws RefusedException {
        refuse();
        ClientStatus disconnected = client(ClientState.DISCONNECTED, null);
        CompletableFuture<ClientStatus> waiting = attempt;
        if (waiting != null) {
            waiting.completeExceptionally(
                    new RefusedException(
                            RefusedException.Kind.FAILED,
                            new Problem("given_up", "the attempt was given up", "connect again")));
        }
        set(withClient(disconnected));
        return disconnected;
    }

    @Override
    public ClientSettings clientSettings() {
        return settings;
    }

    @Override
    public ClientSettings change(ClientSettingsChange change) throws RefusedException {
        refuse();
        settings = change.over(settings);
        return settings;
    }

    @Override
    public RoleStatus enable(RoleName role) throws RefusedException {
        return switchRole(role, RoleState.ON);
    }

    @Override
    public RoleStatus disable(RoleName role) throws RefusedException {
        return switchRole(role, RoleState.OFF);
    }

    private RoleStatus switchRole(RoleName role, RoleState state) throws RefusedException {
        refuse();
        RoleStatus switched =
                new RoleStatus(role, state, null)
                        .with(
                                role == RoleName.PROVIDER
                                        ? timetable.next(state == RoleState.OFF)
                                        : Optional.empty());
        NodeStatus now = status;
        List<RoleStatus> roles =
                now.roles().stream().map(r -> r.name() == role ? switched : r).toList();
        boolean on = state == RoleState.ON;
        set(
                new NodeStatus(
                        now.version(),
                        now.peerId(),
                        now.startedAt(),
                        roles,
                        role == RoleName.CLIENT
                                ? (on ? client(ClientState.DISCONNECTED, null) : null)
                                : now.client(),
                        role == RoleName.PROVIDER ? (on ? provider() : null) : now.provider(),
                        role == RoleName.FULLNODE ? (on ? fullnode() : null) : now.fullnode(),
                        payments.status(),
                        now.limits()));
        return switched;
    }

    private void act() throws RefusedException {
        RuntimeException thrown = bug;
        if (thrown != null) {
            throw thrown;
        }
        refuse();
    }

    private void refuse() throws RefusedException {
        RefusedException thrown = refusal;
        if (thrown != null) {
            throw thrown;
        }
    }

    // ------------------------------------------------------------ what a test does

    /** Changes the status and tells of it. */
    public void set(NodeStatus next) {
        status = next;
        listeners.forEach(Runnable::run);
    }

    /** From now on the node can pay; tells of it. */
    public void configurePayment() {
        payments.configure();
        set(withClient(status.client()));
    }

    /** Changes the status as counters do: without telling. */
    public void count(NodeStatus next) {
        status = next;
    }

    /** From now on connecting takes until the future completes. */
    public CompletableFuture<ClientStatus> holdAttempts() {
        CompletableFuture<ClientStatus> held = new CompletableFuture<>();
        attempt = held;
        return held;
    }

    /** Waits until somebody tries to connect. */
    public void awaitAttempt() {
        assertThat(attempted.copy().orTimeout(SECONDS, TimeUnit.SECONDS).join()).isTrue();
    }

    /** The same, unless the process that is to try ends before. */
    public void awaitAttempt(Process tries) {
        tries.onExit().thenRun(() -> attempted.complete(false));
        awaitAttempt();
    }

    /** From now on every action is refused with this; null: no longer. */
    public void refuseWith(@Nullable RefusedException thrown) {
        refusal = thrown;
    }

    /** From now on the status fails with this; null: no longer. */
    public void failWith(@Nullable RuntimeException thrown) {
        bug = thrown;
    }

    /** From now on the log is the one of a daemon that was started at that time. */
    public void beginLog(Instant begun) {
        log = new LatestLines(begun);
    }

    /** What a test writes to. */
    public LatestLines log() {
        return log;
    }

    /** How often the status was asked for. */
    public int timesAsked() {
        return asked.get();
    }

    /** What the last request said of the price. */
    public @Nullable TokenAmount lastMaxPrice() {
        return lastMaxPrice;
    }

    public int listeners() {
        return listeners.size();
    }

    // ------------------------------------------------------------ values

    private static NodeStatus off() {
        return new NodeStatus(
                "1.2.3",
                PEER_ID,
                START,
                List.of(
                        new RoleStatus(RoleName.CLIENT, RoleState.OFF, null),
                        new RoleStatus(RoleName.PROVIDER, RoleState.OFF, null),
                        new RoleStatus(RoleName.FULLNODE, RoleState.OFF, null)),
                null,
                null,
                null,
                PaymentStatus.none(null),
                List.of(
                        new LimitStatus("connections", 3, 1000, 0),
                        new LimitStatus("handshakes", 60, 64, 17)));
    }

    /** The present status with another client. */
    public NodeStatus withClient(@Nullable ClientStatus client) {
        NodeStatus now = status;
        return new NodeStatus(
                now.version(),
                now.peerId(),
                now.startedAt(),
                now.roles(),
                client,
                now.provider(),
                now.fullnode(),
                payments.status(),
                now.limits());
    }

    /** The present status with another provider. */
    public NodeStatus withProvider(@Nullable ProviderStatus provider) {
        NodeStatus now = status;
        return new NodeStatus(
                now.version(),
                now.peerId(),
                now.startedAt(),
                now.roles(),
                now.client(),
                provider,
                now.fullnode(),
                payments.status(),
                now.limits());
    }

    public static FullnodeStatus fullnode() {
        return new FullnodeStatus(
                List.of("/ip4/192.0.2.9/tcp/4001/p2p/" + PEER_ID),
                new ReachStatus(
                        ReachStatus.State.PROVEN,
                        "other nodes get to it at /ip4/192.0.2.9/tcp/4001",
                        null),
                "http://127.0.0.1:8080/",
                1000,
                900,
                50,
                400,
                95.5,
                7,
                2,
                11,
                3,
                4,
                START,
                null);
    }

    public static ClientStatus client(ClientState state, @Nullable String provider) {
        return new ClientStatus(
                state, START, provider, null, 0, null, null, Traffic.NONE, null, List.of());
    }

    public static ClientStatus connected(ConnectRequest request) {
        return new ClientStatus(
                ClientState.CONNECTED,
                START,
                request.provider(),
                new TunnelStatus(
                        "flowshield0",
                        "100.64.0.2",
                        null,
                        List.of("100.64.0.1"),
                        1420,
                        request.lanes(),
                        true),
                0,
                null,
                null,
                new Traffic(1_234_567, 890, 98_765_432_100L, 1234, 5),
                request.maxPrice() == null ? null : MemoryPayments.session(),
                List.of());
    }

    public static ProviderStatus provider() {
        return new ProviderStatus(
                List.of("/ip4/203.0.113.7/tcp/4001/p2p/" + PEER_ID),
                new ReachStatus(
                        ReachStatus.State.NOT_PROVEN,
                        "no other node gets to it",
                        "open TCP port 4001"),
                List.of(
                        new PortStatus(
                                4001,
                                PortStatus.State.MAPPED,
                                "/ip4/203.0.113.7/tcp/4001",
                                "PCP",
                                START,
                                null),
                        new PortStatus(
                                4002,
                                PortStatus.State.FAILED,
                                null,
                                null,
                                null,
                                "no router was found that can be asked")),
                true,
                false,
                1420,
                List.of(
                        new SessionStatus(
                                "12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d",
                                "100.64.0.2",
                                null,
                                START,
                                new Traffic(1, 2, 3, 4, 5),
                                6,
                                null)),
                new Traffic(1, 2, 3, 4, 5),
                Map.of("special_purpose", 7L));
    }

    /** A client that failed to connect and tries again. */
    public static ClientStatus reconnecting() {
        return new ClientStatus(
                ClientState.RECONNECTING,
                START,
                PROVIDER,
                null,
                3,
                START.plusSeconds(8),
                new Problem(
                        "unreachable", "the provider does not answer", "wait, or choose another"),
                Traffic.NONE,
                null,
                List.of(
                        new FailedProvider(
                                "/ip4/203.0.113.3/tcp/4001",
                                new Problem(
                                        "unreachable",
                                        "the provider was not there",
                                        "wait, or choose another"))));
    }
}
