package org.flowshield.node.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiaddr.Protocol;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.client.ClientMachine.BlockingFailed;
import org.flowshield.node.client.ClientMachine.Connected;
import org.flowshield.node.client.ClientMachine.Connecting;
import org.flowshield.node.client.ClientMachine.Disconnected;
import org.flowshield.node.client.ClientMachine.Disconnecting;
import org.flowshield.node.client.ClientMachine.Held;
import org.flowshield.node.client.ClientMachine.Reconnecting;
import org.flowshield.node.client.ClientMachine.State;
import org.flowshield.node.role.Candidates;
import org.flowshield.node.role.Client;
import org.flowshield.node.role.NodeFailure;
import org.flowshield.node.role.Rehearsal;
import org.flowshield.node.routing.LeftBlocked;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.TunUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client role. Traffic is blocked from the beginning of the first attempt until somebody
 * disconnects, whatever becomes of sessions in between. Any thread may call the methods.
 */
public final class ClientRole implements Client {

    private static final Logger LOG = LoggerFactory.getLogger(ClientRole.class);

    /** The system's resolver asks each of three servers twice in this time. */
    private static final Duration RESOLVE_WITHIN = Duration.ofSeconds(10);

    /** More are not gone to: each that does not answer takes its time. */
    private static final int MAX_PROVIDERS = 16;

    /** More addresses of one provider are not tried: each may take ten seconds. */
    private static final int MAX_CANDIDATES = 4;

    /** Longer than anything that disconnecting waits for; a supervisor kills after 10 s. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(8);

    private static final Problem BROKEN =
            new Problem(
                    "internal",
                    "a mistake in the program ended the client; traffic stays blocked if it was",
                    "switch the role off and on again, and report it; the log has the details");

    private final ClientAdapters adapters;
    private final OwnSettings settings;
    private final SecureRandom random;
    private final Clock clock;

    /** Held while the role is switched or its settings are changed: no change is lost between. */
    private final ReentrantLock changing = new ReentrantLock();

    /** Completed to give up resolving a name; replaced by each who begins to. */
    private volatile CompletableFuture<InetAddress[]> resolving = new CompletableFuture<>();

    /** Of the newest request: who was left, and why; kept when all were tried in vain. */
    private volatile List<FailedProvider> lastLeft = List.of();

    /** What holds traffic until the role is switched on, and then until it has its own policy. */
    private volatile @Nullable LeftBlocked left;

    private final Instant heldSince;

    private volatile Runnable listener = () -> {};
    private volatile @Nullable ClientActor actor;
    private volatile Rehearsal rehearsal;

    /** One that begins anew. */
    public ClientRole(
            ClientAdapters adapters, OwnSettings settings, SecureRandom random, Clock clock) {
        this(adapters, settings, Optional.empty(), random, clock);
    }

    /**
     * @param settings that hold from the start; changes are kept there
     * @param left holds traffic that an earlier process kept back
     * @param clock for what people read; nothing is decided by it
     */
    public ClientRole(
            ClientAdapters adapters,
            OwnSettings settings,
            Optional<LeftBlocked> left,
            SecureRandom random,
            Clock clock) {
        this.left = left.orElse(null);
        this.heldSince = clock.instant();
        left.ifPresent(_ -> adapters.control().goes(ControlPlane.Way.MARKED));
        this.adapters = adapters;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
        this.rehearsal = new Rehearsal(random);
    }

    @Override
    public RoleName name() {
        return RoleName.CLIENT;
    }

    @Override
    public void onChange(Runnable toCall) {
        listener = toCall;
    }

    @Override
    public void start() throws RefusedException {
        changing.lock();
        try {
            if (actor == null) {
                begin();
            }
        } finally {
            changing.unlock();
        }
    }

    private void begin() throws RefusedException {
        TunnelSessions sessions =
                new TunnelSessions(
                        adapters.devices(),
                        takes(),
                        adapters.mark(),
                        adapters.billing(),
                        random,
                        System::nanoTime);
        LeftBlocked holding = left;
        ClientActor started =
                new ClientActor(
                        new RoutedFirewall(adapters.routes(), adapters.resolver(), holding),
                        sessions,
                        adapters.uplinks(),
                        settings.now(),
                        System::nanoTime,
                        clock,
                        random,
                        this::changed,
                        holding != null);
        actor = started;
        left = null;
        started.start();
        if (holding != null) {
            changed();
        }
        rehearsal = new Rehearsal(random);
        rehearsal.begin();
    }

    private void changed() {
        ClientActor running = actor;
        if (running != null) {
            tour(running.announced().state())
                    .map(ClientRole::left)
                    .ifPresent(left -> lastLeft = left);
        }
        ClientStatus status = status();
        adapters.control().goes(way(status.state()));
        Problem problem = status.problem();
        LOG.info(
                "client {}{}{}",
                status.state(),
                status.provider() == null ? "" : " to " + status.provider(),
                problem == null ? "" : ": " + problem.message());
        listener.run();
    }

    private static ControlPlane.Way way(ClientState state) {
        return switch (state) {
            case DISCONNECTED -> ControlPlane.Way.OPEN;
            case CONNECTED -> ControlPlane.Way.INSIDE;
            case CONNECTING, RECONNECTING, DISCONNECTING, BLOCKING_FAILED ->
                    ControlPlane.Way.MARKED;
        };
    }

    /** Asks the system by making a device for a moment; without the right to, it is said here. */
    private Offloads takes() throws RefusedException {
        try (Tun tun =
                adapters.devices()
                        .open(
                                TunSettings.of(
                                        TunnelSessions.DEVICE,
                                        TunSettings.MIN_MTU_IPV6,
                                        Offloads.ALL))) {
            return tun.offloads();
        } catch (TunUnavailableException e) {
            throw NodeFailure.of(e);
        }
    }

    @Override
    public void stop() {
        changing.lock();
        try {
            ClientActor stopping = actor;
            if (stopping != null) {
                end(stopping);
            }
            release();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public boolean isHolding() {
        boolean before = left != null; // looked at first: the actor is handed what is held
        ClientActor running = actor;
        return running == null ? before : running.announced().state() instanceof Held;
    }

    @Override
    public void letGo() {
        changing.lock();
        try {
            if (actor == null) {
                release();
            }
        } finally {
            changing.unlock();
        }
    }

    /** Traffic that is held for a role that was never switched on; if it can't, it stays held. */
    private void release() {
        LeftBlocked holding = left;
        if (holding == null) {
            return;
        }
        try {
            holding.close();
        } catch (IOException e) {
            LOG.error("traffic could not be let out: {}", e.getMessage());
            return;
        }
        left = null;
        adapters.control().goes(ControlPlane.Way.OPEN);
        listener.run();
    }

    private void end(ClientActor stopping) {
        rehearsal.giveUp();
        resolving.cancel(false);
        boolean interrupted = Thread.interrupted(); // putting things back must not be cut short
        try {
            Optional<Failure> _ =
                    stopping.disconnect().get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the client does not disconnect in time and is stopped as it is");
        }
        stopping.close();
        actor = null;
        adapters.control().goes(ControlPlane.Way.OPEN);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void expect() {
        rehearsal.giveUp();
    }

    @Override
    public ClientStatus connect(
            Multiaddr provider, int lanes, Optional<TokenAmount> maxPrice, Candidates candidates)
            throws RefusedException, InterruptedException {
        ClientActor running = running();
        rehearsal.giveUp();
        Target target = target(provider, candidates.addresses(provider), lanes, maxPrice);
        Optional<Failure> failure = answer(running.connect(target, stops(target, candidates)));
        if (failure.isPresent()) {
            throw failure.orElseThrow().toException();
        }
        return status();
    }

    @Override
    public ClientStatus disconnect() throws InterruptedException {
        resolving.cancel(false);
        ClientActor running = actor;
        if (running == null) {
            letGo();
            running = actor; // it may be on by now
        }
        if (running != null) {
            Optional<Failure> _ = answer(running.disconnect());
        }
        return status();
    }

    @Override
    public ClientSettings settings() {
        return settings.now();
    }

    @Override
    public ClientSettings change(ClientSettingsChange change)
            throws RefusedException, InterruptedException {
        changing.lockInterruptibly();
        try {
            ClientSettings before = settings.now();
            putIntoForce(change.over(before));
            try {
                settings.keep(change);
            } catch (IOException e) {
                try {
                    putIntoForce(before);
                } catch (RefusedException again) {
                    RefusedException neither =
                            notKept(
                                    e,
                                    "those before could not be put back either, so the new ones hold until"
                                            + " the service is started again: choose the old ones anew");
                    neither.addSuppressed(again);
                    throw neither;
                }
                throw notKept(e, "see the message; nothing was changed");
            }
            return settings.now();
        } finally {
            changing.unlock();
        }
    }

    /** While the role is off, they wait for it. */
    private void putIntoForce(ClientSettings wanted) throws RefusedException, InterruptedException {
        ClientActor running = actor;
        if (running == null) {
            return;
        }
        if (running.isBroken()) {
            throw new RefusedException(RefusedException.Kind.FAILED, BROKEN);
        }
        Optional<Failure> refused = answer(running.choose(wanted));
        if (refused.isPresent()) {
            throw refused.orElseThrow().toException();
        }
        LOG.info(
                "names are asked of {}, the local network is {}",
                wanted.dns().isEmpty() ? "the provider's servers" : "servers of the user's own",
                wanted.lan() ? "reached" : "not reached");
    }

    private static RefusedException notKept(IOException cause, String action) {
        return new RefusedException(
                RefusedException.Kind.FAILED,
                new Problem(
                        "settings_not_kept",
                        "the settings could not be written: " + cause.getMessage(),
                        action),
                cause);
    }

    private ClientActor running() throws RefusedException {
        ClientActor running = actor;
        if (running == null) {
            throw Failure.STOPPED.toException();
        }
        return running;
    }

    private static Optional<Failure> answer(CompletableFuture<Optional<Failure>> asked)
            throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completes with a failure", e);
        }
    }

    @Override
    public Optional<Problem> problem() {
        ClientActor running = actor;
        return running != null && running.isBroken() ? Optional.of(BROKEN) : Optional.empty();
    }

    // ---- whom to dial ----

    /**
     * @param addresses of a provider without a name: where it can be dialled
     */
    private Target target(
            Multiaddr provider,
            List<Multiaddr> addresses,
            int lanes,
            Optional<TokenAmount> maxPrice)
            throws RefusedException, InterruptedException {
        if (lanes < 1 || lanes > Lane.MAX_BULK) {
            throw invalid(
                    "lanes",
                    "there are 1 to %d lanes, not %d".formatted(Lane.MAX_BULK, lanes),
                    "ask for fewer");
        }
        if (!provider.isTcp()) {
            throw invalid(
                    "not_tcp",
                    provider + " is not an address that can be dialled",
                    "give an address such as /ip4/203.0.113.2/tcp/4001/p2p/ID");
        }
        Optional<String> name = provider.dnsName();
        return name.isEmpty()
                ? new Target(
                        provider,
                        addresses.subList(0, Math.min(MAX_CANDIDATES, addresses.size())),
                        lanes,
                        maxPrice)
                : new Target(
                        provider,
                        candidates(provider, resolve(name.orElseThrow())),
                        lanes,
                        maxPrice);
    }

    /** Names are resolved now, with the network as it is; whose does not resolve is not gone to. */
    private Supplier<List<Tour.Stop>> stops(Target first, Candidates candidates)
            throws InterruptedException {
        Map<Multiaddr, Target> known = new ConcurrentHashMap<>();
        known.put(first.asked(), first);
        for (Candidates.Candidate candidate : candidates.ranked()) {
            if (known.size() > MAX_PROVIDERS) {
                break;
            }
            if (!known.containsKey(candidate.address())) {
                find(candidate.address(), candidates.addresses(candidate.address()), first)
                        .ifPresent(t -> known.put(t.asked(), t));
            }
        }
        return () -> {
            List<Tour.Stop> stops = new ArrayList<>();
            for (Candidates.Candidate candidate : candidates.ranked()) {
                Target target = known.get(candidate.address());
                if (target != null) {
                    stops.add(new Tour.Stop(target, candidate.ready()));
                }
            }
            return stops;
        };
    }

    private Optional<Target> find(Multiaddr provider, List<Multiaddr> addresses, Target like)
            throws InterruptedException {
        try {
            return Optional.of(target(provider, addresses, like.lanes(), like.maxPrice()));
        } catch (RefusedException e) {
            LOG.warn("{} can't be gone over to: {}", provider, e.getMessage());
            return Optional.empty();
        }
    }

    /** With the network as it is: once traffic is blocked, names don't resolve. */
    private InetAddress[] resolve(String name) throws RefusedException, InterruptedException {
        CompletableFuture<InetAddress[]> addresses = new CompletableFuture<>();
        resolving = addresses;
        Thread.ofVirtual()
                .name("client-resolve")
                .start(
                        () -> {
                            try {
                                addresses.complete(InetAddress.getAllByName(name));
                            } catch (UnknownHostException e) {
                                addresses.completeExceptionally(e);
                            }
                        });
        try {
            return addresses.get(RESOLVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException e) {
            throw Failure.CANCELLED.toException();
        } catch (ExecutionException | TimeoutException e) {
            throw notResolved(name);
        }
    }

    private RefusedException notResolved(String name) {
        boolean blocked = status().state() == ClientState.RECONNECTING;
        return new RefusedException(
                RefusedException.Kind.FAILED,
                new Problem(
                        "name_not_resolved",
                        blocked
                                ? "the name %s can't be resolved while traffic is blocked"
                                        .formatted(name)
                                : "the name %s does not resolve; nothing was changed"
                                        .formatted(name),
                        blocked
                                ? "give the provider's IP address, or disconnect first"
                                : "check the name and the machine's DNS settings"));
    }

    private static List<Multiaddr> candidates(Multiaddr provider, InetAddress[] addresses)
            throws RefusedException {
        List<Multiaddr> candidates = new ArrayList<>();
        for (InetAddress address : addresses) {
            boolean v4 = address instanceof Inet4Address;
            if (!provider.has(v4 ? Protocol.DNS6 : Protocol.DNS4)
                    && candidates.size() < MAX_CANDIDATES) {
                Multiaddr at =
                        Multiaddr.of(new InetSocketAddress(address, provider.port().orElseThrow()));
                candidates.add(provider.peerId().map(at::withPeer).orElse(at));
            }
        }
        if (candidates.isEmpty()) {
            throw invalid(
                    "no_such_address",
                    provider + " has no address of that family",
                    "use /dns instead of /dns4 or /dns6");
        }
        return candidates;
    }

    private static RefusedException invalid(String code, String message, String action) {
        return new RefusedException(
                RefusedException.Kind.INVALID, new Problem(code, message, action));
    }

    // ---- status ----

    @Override
    public ClientStatus status() {
        boolean holding = left != null; // looked at first: the actor is handed what is held
        ClientActor running = actor;
        if (running == null) {
            return new ClientStatus(
                    holding ? ClientState.RECONNECTING : ClientState.DISCONNECTED,
                    holding ? heldSince : clock.instant(),
                    null,
                    null,
                    0,
                    null,
                    holding ? Failure.RESTARTED.problem() : null,
                    Traffic.NONE,
                    null,
                    List.of());
        }
        ClientActor.Announced announced = running.announced();
        Optional<Sessions.Session> session = running.lastOpen();
        State state = announced.state();
        Optional<FirewallPolicy.Tunnel> inForce = inForce(announced);
        TunnelStatus tunnel =
                inForce.flatMap(
                                policy ->
                                        session.flatMap(Sessions.Session::tunnel)
                                                .map(told -> told.withDns(servers(policy))))
                        .orElse(null);
        return new ClientStatus(
                label(state),
                announced.since(),
                provider(state),
                tunnel,
                failures(state),
                announced.next(),
                why(state)
                        .map(Failure::problem)
                        .or(
                                () ->
                                        inForce.flatMap(
                                                policy -> unanswered(policy, announced.settings())))
                        .orElse(null),
                session.map(Sessions.Session::traffic).orElse(Traffic.NONE),
                session.flatMap(Sessions.Session::payment).orElse(null),
                tour(state).map(ClientRole::left).orElse(isInVain(state) ? lastLeft : List.of()));
    }

    private static Optional<FirewallPolicy.Tunnel> inForce(ClientActor.Announced announced) {
        return announced.state() instanceof Connected connected
                ? Optional.of(connected.tunnel().under(announced.settings()))
                : Optional.empty();
    }

    private static List<String> servers(FirewallPolicy.Tunnel policy) {
        return policy.reached().stream().map(DnsServer::text).toList();
    }

    /** Nobody else is asked in place of who was chosen, so that it has to be said. */
    static Optional<Problem> unanswered(FirewallPolicy.Tunnel policy, ClientSettings settings) {
        if (settings.dns().isEmpty() || !policy.reached().isEmpty()) {
            return Optional.empty();
        }
        String family = policy.routes().ipv4() ? "IPv4" : "IPv6";
        return Optional.of(
                new Problem(
                        "dns_not_carried",
                        "this provider carries %s only, and none of your DNS servers has such an"
                                        .formatted(family)
                                + " address: names do not resolve",
                        "choose a DNS server with an %s address, the provider's, or another provider"
                                .formatted(family)));
    }

    /** Whether a request has ended with all that were tried. */
    private static boolean isInVain(State state) {
        return state instanceof Disconnected(long _, Optional<Failure> why) && why.isPresent();
    }

    private static List<FailedProvider> left(Tour tour) {
        return tour.left().stream()
                .map(each -> new FailedProvider(each.provider().toString(), each.why().problem()))
                .toList();
    }

    private static ClientState label(State state) {
        return switch (state) {
            case Disconnected _ -> ClientState.DISCONNECTED;
            case Connecting _ -> ClientState.CONNECTING;
            case Connected _ -> ClientState.CONNECTED;
            case Held _, Reconnecting _ -> ClientState.RECONNECTING;
            case Disconnecting _ -> ClientState.DISCONNECTING;
            case BlockingFailed _ -> ClientState.BLOCKING_FAILED;
        };
    }

    private static @Nullable String provider(State state) {
        return tour(state).map(tour -> tour.present().asked().toString()).orElse(null);
    }

    private static Optional<Tour> tour(State state) {
        return switch (state) {
            case Disconnected _, Held _, Disconnecting _ -> Optional.empty();
            case Connecting connecting -> Optional.of(connecting.tour());
            case Connected connected -> Optional.of(connected.tour());
            case Reconnecting again -> Optional.of(again.tour());
            case BlockingFailed failed -> failed.tour();
        };
    }

    private static int failures(State state) {
        return switch (state) {
            case Disconnected _, Held _, Connecting _, Connected _, Disconnecting _ -> 0;
            case Reconnecting again -> again.failures();
            case BlockingFailed failed -> failed.failures();
        };
    }

    private static Optional<Failure> why(State state) {
        return switch (state) {
            case Connecting _, Connected _ -> Optional.empty();
            case Disconnected disconnected -> disconnected.why();
            case Held _ -> Optional.of(Failure.RESTARTED);
            case Disconnecting disconnecting -> disconnecting.why();
            case Reconnecting again -> Optional.of(again.why());
            case BlockingFailed failed -> Optional.of(failed.why());
        };
    }
}
