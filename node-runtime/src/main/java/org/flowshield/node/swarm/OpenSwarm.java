package org.flowshield.node.swarm;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.flowshield.libp2p.connections.ConnectionManager;
import org.flowshield.libp2p.connections.WaterMarks;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identified;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.mdns.LocalDiscovery;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.peerstore.FilePeerStore;
import org.flowshield.libp2p.peerstore.PeerMemory;
import org.flowshield.libp2p.peerstore.StoreLimits;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.pubsub.PubSub;
import org.flowshield.libp2p.pubsub.PubSubOptions;
import org.flowshield.libp2p.pubsub.memory.PeerRates;
import org.flowshield.libp2p.pubsub.mesh.RouterConfig;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.swarm.reach.ReachProtocol;
import org.flowshield.node.tunnel.LaneSockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's host and what stands on it, while at least one role is in. Opened whole or not at all;
 * closing blocks.
 */
final class OpenSwarm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSwarm.class);

    /** A machine that has moved tells its peers within that. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    /**
     * Twenty thousand providers make 2,000 heartbeats in a second, and in the worst case all come
     * by one peer. One of them has nothing to say more often than its heartbeat and, now and then,
     * its listing.
     */
    private static final PeerRates RATES =
            new PeerRates(2_500, 5_000, 4 * 1024 * 1024, 8 * 1024 * 1024, 5, 50);

    private final Host host;
    private final Identify identify;
    private final Dht dht;
    private final PubSub pubsub;
    private final Topics topics;
    private final Listeners listeners;
    private final Whereabouts whereabouts;
    private final Optional<FilePeerStore> peers;
    private final ConnectionManager connections;
    private final Optional<Mappings> mappings;
    private final boolean mdns;
    private final SecureRandom random;
    private final Joining joining;
    private final Proving proving;
    private final DialBack dialBack;
    private final ReachProtocol dials;
    private final MachineAddresses machine;
    private final Runnable onChange;
    private final boolean alone;
    private final Thread watch = Thread.ofVirtual().name("swarm-watch").unstarted(this::watch);

    /** What dials for peers that want to know whether they are reached: nobody knows its key. */
    private record DialBack(PrivateKey key, Host host) implements AutoCloseable {

        static DialBack open(SecureRandom random, DialOptions options) throws IOException {
            PrivateKey key = PrivateKey.generate(random);
            try {
                return new DialBack(
                        key,
                        Hosts.builder(key, random)
                                .dialOptions(options)
                                .eventLoopThreads(1)
                                .build());
            } catch (IOException | RuntimeException e) {
                key.close();
                throw e;
            }
        }

        @Override
        public void close() {
            host.close();
            key.close();
        }
    }

    // Set by start, read by close: both by one thread at a time.
    private @Nullable LocalDiscovery discovery;

    private OpenSwarm(
            Host host,
            DialBack dialBack,
            Optional<FilePeerStore> peers,
            SwarmSettings settings,
            PrivateKey key,
            SecureRandom random,
            MachineAddresses machine,
            Whereabouts whereabouts,
            BooleanSupplier asksRouter,
            Runnable onChange) {
        this.host = host;
        this.dialBack = dialBack;
        this.peers = peers;
        this.random = random;
        this.mdns = settings.mdns();
        this.machine = machine;
        this.whereabouts = whereabouts;
        this.onChange = onChange;
        this.alone = Joining.others(settings.bootstrap(), host.peerId()).isEmpty();
        Clock clock = Clock.systemUTC();
        AdvertisedAddresses advertised = AdvertisedAddresses.by(_ -> whereabouts.told());
        this.identify = Identify.install(host, key, settings.agent(), clock, advertised);
        host.handle(new Ping(random, System::nanoTime));
        this.dials = new ReachProtocol(dialBack.host(), settings.local(), System::nanoTime);
        host.handle(dials);
        this.pubsub =
                PubSub.of(
                        host,
                        identify,
                        key,
                        PubSubOptions.of(random, System::nanoTime, clock)
                                .with(RouterConfig.DEFAULT.with(RATES)));
        this.dht = Dht.of(host, identify, advertised, settings.dht());
        this.topics = new Topics(pubsub);
        this.listeners = new Listeners(host);
        this.connections = ConnectionManager.install(host, WaterMarks.DEFAULT, clock);
        connections.protect("bootstrap", () -> Joining.peers(settings.bootstrap()));
        connections.protect("dht", this::neighbours);
        connections.protect("mesh", topics::mesh);
        connections.protect("in use", this::inUse);
        peers.ifPresent(store -> PeerMemory.install(identify, store));
        this.mappings =
                settings.mapsPorts() && !settings.local()
                        ? Optional.of(new Mappings(asksRouter, this::mapped))
                        : Optional.empty();
        this.joining = new Joining(host, dht, settings.bootstrap(), peers, random, onChange);
        this.proving = new Proving(host, identify, whereabouts, this::told);
        identify.onIdentified(this::identified);
    }

    /**
     * Opens it; it listens nowhere yet.
     *
     * @param common what the node serves whichever roles are in
     * @param asksRouter whether what is sent now goes to the router at home
     * @param onChange called when it is elsewhere, or trouble has come or gone; never waits
     */
    static OpenSwarm open(
            SwarmSettings settings,
            PrivateKey key,
            SecureRandom random,
            MachineAddresses machine,
            Whereabouts whereabouts,
            List<ProtocolBinding> common,
            BooleanSupplier asksRouter,
            Runnable onChange)
            throws IOException {
        boolean _ = whereabouts.machine(machine.now());
        DialOptions dials = DialOptions.DEFAULT.withMark(settings.mark());
        Host host =
                Hosts.builder(key, random)
                        .listenOptions(LaneSockets.options(settings.mark()))
                        .dialOptions(dials)
                        .build();
        try {
            common.forEach(host::handle);
            return new OpenSwarm(
                    host,
                    DialBack.open(random, dials),
                    remembered(settings),
                    settings,
                    key,
                    random,
                    machine,
                    whereabouts,
                    asksRouter,
                    onChange);
        } catch (IOException | RuntimeException e) {
            host.close();
            throw e;
        }
    }

    private static Optional<FilePeerStore> remembered(SwarmSettings settings) throws IOException {
        return settings.peers().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        FilePeerStore.open(
                                settings.peers().get(), StoreLimits.DEFAULT, Clock.systemUTC()));
    }

    private List<PeerId> neighbours() {
        return dht.neighbours().stream().map(PeerInfo::peer).toList();
    }

    /**
     * Peers with a stream that is no gossip: a session that was paid for is never cut off. Whoever
     * holds one for nothing is bounded by the host's limits.
     */
    private Set<PeerId> inUse() {
        Set<PeerId> gossips = pubsub.scores().keySet();
        return host.connections().stream()
                .filter(connection -> connection.openStreams() > 0)
                .map(Connection::remotePeer)
                .filter(peer -> !gossips.contains(peer))
                .collect(Collectors.toSet());
    }

    private void mapped(List<Multiaddr> leading) {
        if (whereabouts.mapped(leading)) {
            moved();
        }
    }

    /** Begins to look for peers; once it listens, as they ask where it is. */
    void start() {
        watch.start();
        joining.start();
        proving.start();
        if (mdns) {
            discover();
        }
    }

    private void discover() {
        try {
            discovery =
                    LocalDiscovery.start(
                            host.peerId(),
                            LocalDiscovery.privateAddresses(),
                            whereabouts.candidates(),
                            joining::found,
                            random,
                            Clock.systemUTC());
        } catch (IOException e) {
            LOG.warn("no peers are looked for in the local network: {}", e.getMessage());
        }
    }

    private void identified(Connection connection, Identified who) {
        // Only whom we have chosen to dial is heeded: strangers could name any address.
        if (connection.initiator()) {
            who.observedAddress().ifPresent(this::observed);
        }
    }

    private void observed(Multiaddr address) {
        if (whereabouts.observed(address)) {
            proving.moved();
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void look() {
        try {
            if (whereabouts.machine(machine.now())) {
                moved();
            }
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("this machine's addresses can't be read: {}", e.getMessage());
            }
        }
    }

    /** The node is elsewhere, or serves something else. */
    void moved() {
        proving.moved();
        told();
    }

    /** Something else is told of it. */
    private void told() {
        identify.changed();
        onChange.run();
    }

    Host host() {
        return host;
    }

    Identify identify() {
        return identify;
    }

    Dht dht() {
        return dht;
    }

    PubSub pubsub() {
        return pubsub;
    }

    Topics topics() {
        return topics;
    }

    /** Listens at all of these, or at none of them; with the real ports. */
    List<Multiaddr> listen(List<Multiaddr> addresses) throws IOException {
        List<Multiaddr> real = listeners.open(addresses);
        boolean _ = whereabouts.listening(host.listenAddresses());
        mappings.ifPresent(it -> it.listening(host.listenAddresses()));
        return real;
    }

    void unlisten(List<Multiaddr> real) {
        listeners.close(real);
        boolean _ = whereabouts.listening(host.listenAddresses());
        mappings.ifPresent(it -> it.listening(host.listenAddresses()));
    }

    SwarmCounts counts() {
        return new SwarmCounts(dht.counts(), pubsub.counts(), reach(), dials.counts());
    }

    /** The ports that the router is asked about; none if it is not. */
    List<MappedPort> ports() {
        return mappings.map(it -> it.ports(Instant.now())).orElse(List.of());
    }

    /** Whether others get here. */
    Reach reach() {
        Optional<String> trouble = joining.trouble();
        Reach reach = whereabouts.reach(trouble.orElse("this node knows no other to begin with"));
        return reach instanceof Reach.Unknown && trouble.isEmpty() && !alone
                ? new Reach.Pending()
                : reach;
    }

    @Override
    public void close() {
        joining.stop();
        proving.stop();
        watch.interrupt();
        mappings.ifPresent(Mappings::close);
        if (discovery != null) {
            discovery.close();
        }
        connections.close();
        pubsub.close();
        dht.close();
        host.close();
        dialBack.close();
        peers.ifPresent(OpenSwarm::write);
    }

    private static void write(FilePeerStore store) {
        try {
            store.close();
        } catch (IOException e) {
            LOG.warn("the peers met of late are not remembered: {}", e.getMessage());
        }
    }
}
