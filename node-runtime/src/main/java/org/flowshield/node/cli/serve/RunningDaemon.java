package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.KeyFile;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiaddr.Protocol;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.http.AccessPolicy;
import org.flowshield.node.api.http.ApiServer;
import org.flowshield.node.api.logs.Logs;
import org.flowshield.node.cli.Version;
import org.flowshield.node.client.ClientAdapters;
import org.flowshield.node.client.ClientRole;
import org.flowshield.node.client.OwnSettings;
import org.flowshield.node.config.BitRate;
import org.flowshield.node.config.Config;
import org.flowshield.node.config.Destination;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.daemon.DaemonNode;
import org.flowshield.node.daemon.DataDirectory;
import org.flowshield.node.dns.linux.SystemResolvers;
import org.flowshield.node.exit.ExitMachine;
import org.flowshield.node.exit.ExitPolicy;
import org.flowshield.node.exit.linux.LinuxExitMachine;
import org.flowshield.node.fullnode.FullnodeRole;
import org.flowshield.node.fullnode.FullnodeSettings;
import org.flowshield.node.identity.OwnKeys;
import org.flowshield.node.metrics.MetricsServer;
import org.flowshield.node.network.KeptNetwork;
import org.flowshield.node.network.OwnNetwork;
import org.flowshield.node.payment.Country;
import org.flowshield.node.provider.ChosenOffer;
import org.flowshield.node.provider.OwnOffer;
import org.flowshield.node.provider.ProviderPlatform;
import org.flowshield.node.provider.ProviderRole;
import org.flowshield.node.provider.ProviderSettings;
import org.flowshield.node.provider.schedule.MachineZone;
import org.flowshield.node.provider.schedule.OwnSchedule;
import org.flowshield.node.resolver.linux.ResolvConf;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Cleanup;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.routing.LeftBlocked;
import org.flowshield.node.routing.linux.HeldTraffic;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.flowshield.node.routing.linux.ProcUplinks;
import org.flowshield.node.swarm.Libp2pSwarm;
import org.flowshield.node.swarm.Swarm;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.queue.Rate;
import org.flowshield.tun.TunDevices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graph of a daemon: data directory, key, money, roles, API, metrics; started in this order and
 * stopped in reverse. This is where the adapters of the platform are chosen.
 */
final class RunningDaemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningDaemon.class);

    /** A network that comes up after the daemon is not waited for much longer than it takes. */
    private static final Duration CONNECT_AGAIN = Duration.ofSeconds(5);

    /** Others pass to the socket; it decides for itself who may use it. */
    private static final String SOCKET_FOLDER = "rwxr-xr-x";

    /** Is there while the kernel has IPv6. */
    private static final Path IPV6 = Path.of("/proc/net/if_inet6");

    private final DataDirectory data;
    private final PrivateKey key;
    private final Money money;
    private final Trust trust;
    private final OwnOffer ownOffer;
    private final OwnSchedule ownSchedule;
    private final DaemonNode node;
    private final ApiServer api;
    private final List<MetricsServer> metrics;
    private final ScheduledExecutorService jobs =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("daemon-jobs").factory());

    private RunningDaemon(
            DataDirectory data,
            PrivateKey key,
            Money money,
            Trust trust,
            OwnOffer ownOffer,
            OwnSchedule ownSchedule,
            DaemonNode node,
            ApiServer api,
            List<MetricsServer> metrics) {
        this.data = data;
        this.key = key;
        this.money = money;
        this.trust = trust;
        this.ownOffer = ownOffer;
        this.ownSchedule = ownSchedule;
        this.node = node;
        this.api = api;
        this.metrics = List.copyOf(metrics);
    }

    /**
     * Starts it with all roles off.
     *
     * @param logs the newest of this process's log
     * @throws RefusedException if the data directory is another daemon's, or the network file is
     *     broken
     * @throws IOException if something else stands in the way; all is as before, and traffic that a
     *     crash left blocked is blocked
     */
    static RunningDaemon start(Config config, Path directory, Path socket, Logs logs)
            throws IOException, RefusedException {
        DataDirectory data = DataDirectory.hold(directory);
        try {
            Money.requireSoundNetwork(config, data);
            return keyed(config, data, socket, logs);
        } catch (IOException | RefusedException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static RunningDaemon keyed(Config config, DataDirectory data, Path socket, Logs logs)
            throws IOException {
        SecureRandom random = new SecureRandom();
        ControlSockets control = new ControlSockets(PolicyRoutes.MARK);
        OwnKeys keys = OwnKeys.in(data.key());
        KeptNetwork kept = KeptNetwork.open(data.networkSettings(), Bootstraps.usual(config, data));
        KeyChange.finish(config, data, kept, keys, control);
        PrivateKey key = KeyFile.loadOrCreate(data.key(), random);
        try {
            Optional<LeftBlocked> left = restoreAfterCrash();
            Money money = Money.open(config, data, kept, key, control, random, Clock.systemUTC());
            try {
                return serving(config, data, kept, key, money, control, left, socket, logs, random);
            } catch (IOException | RuntimeException e) {
                money.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            key.close();
            throw e;
        }
    }

    private static RunningDaemon serving(
            Config config,
            DataDirectory data,
            KeptNetwork kept,
            PrivateKey key,
            Money money,
            ControlSockets control,
            Optional<LeftBlocked> left,
            Path socket,
            Logs logs,
            SecureRandom random)
            throws IOException {
        Trust trust = Trust.open(config, data, key, money.chain(), random);
        OwnOffer ownOffer = ownOffer(config, data, money);
        OwnSettings settings = OwnSettings.kept(config.clientSettings(), data.clientSettings());
        OwnSchedule ownSchedule =
                new OwnSchedule(
                        config.hours(), data.schedule(), Clock.systemUTC(), MachineZone.ofSystem());
        Built built =
                build(
                        config,
                        data,
                        kept,
                        key,
                        money,
                        trust,
                        ownOffer,
                        ownSchedule,
                        settings,
                        control,
                        left,
                        logs,
                        random);
        DaemonNode node = built.node();
        trust.follow(node, money, control::leaveTunnel);
        money.onChange(node::changed);
        money.follow(node);
        money.onChannelClosed(() -> disconnect(node));
        makeFolder(socket);
        ApiServer api = ApiServer.start(node, socket, new AccessPolicy(data.path()));
        try {
            return new RunningDaemon(
                    data,
                    key,
                    money,
                    trust,
                    ownOffer,
                    ownSchedule,
                    node,
                    api,
                    metrics(config, built));
        } catch (IOException | RuntimeException e) {
            api.close();
            throw e;
        }
    }

    private static void disconnect(DaemonNode node) {
        try {
            ClientStatus _ = node.disconnect();
        } catch (RefusedException e) {
            LOG.debug("the client is off already", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What an earlier daemon left in the kernel would be in the way of this one. Traffic that it
     * kept back is kept back further.
     */
    private static Optional<LeftBlocked> restoreAfterCrash() throws IOException {
        Optional<LeftBlocked> left = Optional.empty();
        try {
            left =
                    HeldTraffic.takeOver(
                            LinuxMachine.own(), new ChangeJournal(ChangeJournal.SYSTEM));
            Cleanup.everything(LinuxMachine::find).stream()
                    .filter(result -> result.outcome() != Cleanup.Outcome.IN_USE)
                    .forEach(
                            result ->
                                    LOG.info(
                                            "left by a crash: {} {}",
                                            result.what(),
                                            result.outcome()));
        } catch (AccessDeniedException e) {
            LOG.warn("without root nothing that a crash left can be seen or put back");
        }
        left.ifPresent(_ -> LOG.warn("traffic that was kept back before the crash stays blocked"));
        return left;
    }

    /** The node, and its place among its peers. */
    private record Built(DaemonNode node, Libp2pSwarm swarm) {}

    private static Built build(
            Config config,
            DataDirectory data,
            KeptNetwork kept,
            PrivateKey key,
            Money money,
            Trust trust,
            OwnOffer ownOffer,
            OwnSchedule ownSchedule,
            OwnSettings settings,
            ControlSockets control,
            Optional<LeftBlocked> left,
            Logs logs,
            SecureRandom random) {
        ChangeJournal journal = new ChangeJournal(ChangeJournal.SYSTEM);
        Machine machine = LinuxMachine.own();
        Clock clock = Clock.systemUTC();
        ClientRole client =
                new ClientRole(
                        new ClientAdapters(
                                () -> PolicyRoutes.block(machine, journal),
                                ResolvConf.system(),
                                TunDevices::open,
                                new ProcUplinks(),
                                money.billing(),
                                control,
                                PolicyRoutes.MARK),
                        settings,
                        left,
                        random,
                        clock);
        ExitMachine exits = new LinuxExitMachine(machine, journal);
        Libp2pSwarm own =
                new Libp2pSwarm(
                        Bootstraps.swarm(config, data, kept),
                        key,
                        random,
                        () -> exits.egress().addresses(),
                        trust.protocols());
        own.beginWith(kept::bootstrap);
        OwnNetwork network = new OwnNetwork(kept, money.ways(), own::begunWith);
        own.askRouterOnlyWhile(() -> client.status().state() == ClientState.DISCONNECTED);
        Swarm swarm = trust.telling(own);
        ProviderRole provider =
                new ProviderRole(
                        () -> settings(config, ownOffer),
                        new ProviderPlatform(
                                TunDevices::open,
                                exits,
                                SystemResolvers.system(),
                                PolicyRoutes.MARK),
                        swarm,
                        random,
                        new SessionLog(),
                        ownOffer::cashier);
        FullnodeRole fullnode =
                new FullnodeRole(
                        new FullnodeSettings(
                                fullnodeListen(config),
                                config.fullnodeHttp(),
                                data.path().resolve("market.db"),
                                config.fullnodeBounds()),
                        money.market(),
                        swarm,
                        random,
                        clock);
        DaemonNode node =
                new DaemonNode(
                        Version.current(),
                        PeerId.of(key.publicKey()),
                        clock.instant(),
                        client,
                        provider,
                        fullnode,
                        money.payments(),
                        money.funding(),
                        trust.identity(),
                        ownOffer,
                        ownSchedule,
                        network,
                        config.maxPrice(),
                        config.providers(),
                        money.choosing(),
                        logs);
        network.onChange(node::changed);
        return new Built(node, own);
    }

    private static ProviderSettings settings(Config config, OwnOffer ownOffer) {
        return new ProviderSettings(
                listen(config),
                config.exitAllow(),
                config.resolvers(),
                config.maxSessions(),
                config.maxFlowsPerSession(),
                ExitPolicy.MAIL,
                rate(config.ratePerSession()),
                rate(ownOffer.limit()),
                ownOffer.charge());
    }

    private static OwnOffer ownOffer(Config config, DataDirectory data, Money money)
            throws IOException {
        return new OwnOffer(
                new OwnOffer.Terms(
                        config.free(),
                        new ChosenOffer(
                                config.price(),
                                config.payee(),
                                config.rate(),
                                config.country(),
                                Optional.empty()),
                        Money.networkFile(config, data).isPresent(),
                        money.broken()),
                data.offer(),
                money::till);
    }

    /** The default says both families; a kernel without IPv6 is no reason not to serve IPv4. */
    private static List<Multiaddr> listen(Config config) {
        return here(config.listen(), config.listensByDefault());
    }

    private static List<Multiaddr> fullnodeListen(Config config) {
        return here(config.fullnodeListen(), config.fullnodeListensByDefault());
    }

    private static List<Multiaddr> here(List<Multiaddr> listen, boolean byDefault) {
        return byDefault && Files.notExists(IPV6)
                ? listen.stream().filter(address -> !address.has(Protocol.IP6)).toList()
                : listen;
    }

    private static Rate rate(Optional<BitRate> configured) {
        return configured
                .map(rate -> new Rate(Math.max(Rate.LEAST, rate.bytesPerSecond())))
                .orElse(Rate.UNLIMITED);
    }

    private static void makeFolder(Path socket) throws IOException {
        Path folder = socket.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        boolean ours = socket.equals(NodeClient.DEFAULT_SOCKET) || !Files.isDirectory(folder);
        if (ours) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(SOCKET_FOLDER));
        }
    }

    private static List<MetricsServer> metrics(Config config, Built built) throws IOException {
        return config.metrics().isEmpty()
                ? List.of()
                : List.of(
                        MetricsServer.open(
                                config.metrics().orElseThrow(),
                                built.node()::status,
                                built.swarm()::counts));
    }

    Path socket() {
        return api.socket();
    }

    PeerId peerId() {
        return PeerId.of(key.publicKey());
    }

    /** Switches on what the configuration wants; failures are in the log and in the status. */
    void settle(Config config) throws InterruptedException {
        Set<RoleName> wanted = EnumSet.noneOf(RoleName.class);
        wanted.addAll(config.roles());
        ownSchedule
                .wanted()
                .or(ownOffer::atStart)
                .ifPresent(
                        on -> {
                            wanted.remove(RoleName.PROVIDER);
                            if (on) wanted.add(RoleName.PROVIDER);
                        });
        List<RoleName> _ = node.start(wanted);
        node.keepSchedule();
        config.connect().ifPresent(whom -> connect(request(whom, config)));
    }

    private static ConnectRequest request(Destination whom, Config config) {
        return whom.address()
                .map(address -> new ConnectRequest(address.toString(), config.lanes()))
                .orElseGet(
                        () ->
                                ConnectRequest.best(
                                        config.connectIn().map(Country::code).orElse(null),
                                        config.lanes(),
                                        null));
    }

    /** Again and again, until it is connected or somebody has connected or disconnected. */
    private void connect(ConnectRequest request) {
        Future<?> _ =
                jobs.submit(
                        () -> {
                            try {
                                ClientStatus _ = node.connect(request);
                            } catch (RefusedException e) {
                                LOG.warn("not connected yet: {}", e.getMessage());
                                later(request, e.kind() == RefusedException.Kind.REFUSED);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt(); // the daemon stops
                            }
                        });
    }

    /**
     * @param refused before it was tried: the client's status knows nothing of it
     */
    private void later(ConnectRequest request, boolean refused) {
        Future<?> _ =
                jobs.schedule(
                        () -> {
                            ClientStatus status = node.status().client();
                            if (status == null || isIdle(status, refused)) {
                                connect(request);
                            }
                        },
                        CONNECT_AGAIN.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Whether nobody has asked for another, or to disconnect, and nothing is tried. */
    private static boolean isIdle(ClientStatus status, boolean refused) {
        return switch (status.state()) {
            case DISCONNECTED -> refused || status.problem() != null;
            case RECONNECTING -> status.provider() == null; // held since a crash
            case CONNECTING, CONNECTED, DISCONNECTING, BLOCKING_FAILED -> false;
        };
    }

    @Override
    public void close() throws IOException {
        LOG.info("stopping");
        var _ = jobs.shutdownNow();
        metrics.forEach(MetricsServer::close);
        try (data;
                key;
                money;
                trust) {
            node.close();
            api.close();
        }
        LOG.info("stopped");
    }

    /** Sessions in the log: with whom is for the status alone. */
    private static final class SessionLog implements ProviderService.Watcher {

        @Override
        public void opened(PeerId peer, Grant grant) {
            LOG.info("a session was opened");
        }

        @Override
        public void ended(PeerId peer, Grant grant, PathCounters carried, String why) {
            LOG.info(
                    "a session ended ({}): {} bytes sent, {} received",
                    why,
                    carried.sentBytes(),
                    carried.receivedBytes());
        }
    }
}
