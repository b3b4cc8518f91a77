package org.flowshield.node.swarm;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.DhtOptions;
import org.flowshield.libp2p.mdns.Neighbour;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.peerstore.PeerStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a node among its peers and keeps it there: joins the DHT again whenever it knows nobody in
 * it, and keeps as many connections as gossip needs. A virtual thread, for as long as the swarm is
 * open; whoever can't be reached is tried again, at ever longer intervals.
 */
final class Joining {

    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

    /** For one attempt: some peers time out first. */
    private static final Duration ATTEMPT = Duration.ofSeconds(20);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** A network that comes back is found within that. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Who lost its peers finds out within that. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** A mesh of gossip wants 6 peers and takes up to 12 (gossipsub's D and D_high). */
    static final int ENOUGH_PEERS = 8;

    /** Dials in one look: the next one is seconds away. */
    private static final int DIALS = 4;

    /** Tried beside the bootstrap nodes, in a joining that takes as long as one dial. */
    private static final int MOST_REMEMBERED = 16;

    /** Doublings after which the longest pause is exceeded in any case. */
    private static final int MOST_DOUBLINGS = 10;

    private final Host host;
    private final Dht dht;
    private final List<Multiaddr> bootstrap;
    private final Optional<? extends PeerStore> peers;
    private final RandomGenerator random;
    private final Runnable onChange;
    private final Thread thread = Thread.ofVirtual().name("swarm-joining").unstarted(this::run);

    private volatile @Nullable String trouble;

    /**
     * @param bootstrap nodes to begin with; this one itself is left out
     * @param peers whom it met in earlier runs: some of them are there when no bootstrap node is
     * @param onChange called when {@link #trouble} has changed
     */
    Joining(
            Host host,
            Dht dht,
            List<Multiaddr> bootstrap,
            Optional<? extends PeerStore> peers,
            RandomGenerator random,
            Runnable onChange) {
        this.host = host;
        this.dht = dht;
        this.bootstrap = others(bootstrap, host.peerId());
        this.peers = peers;
        this.random = random;
        this.onChange = onChange;
    }

    /** Those that are not this node itself. */
    static List<Multiaddr> others(List<Multiaddr> bootstrap, PeerId self) {
        return bootstrap.stream()
                .filter(address -> address.peerId().filter(self::equals).isEmpty())
                .toList();
    }

    void start() {
        thread.start();
    }

    /** Why the node is without peers; empty if it has some, or knows of none. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void run() {
        int failures = 0;
        try {
            while (true) {
                failures = isIn() ? 0 : failures + 1;
                Thread.sleep(failures == 0 ? LOOK_EVERY : pause(failures, random.nextDouble()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /**
     * Exponential, with half of each left to chance: all nodes lose a bootstrap at the same time.
     *
     * @param failures in a row, at least 1
     * @param chance from 0 to 1 exclusive
     */
    static Duration pause(int failures, double chance) {
        long doubled = FIRST_PAUSE.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
        long half = Math.min(doubled, LONGEST_PAUSE.toNanos()) / 2;
        return Duration.ofNanos(half + (long) (half * chance));
    }

    private boolean isIn() throws InterruptedException {
        if (dht.neighbours().isEmpty()) {
            List<Multiaddr> ways = Stream.concat(bootstrap.stream(), remembered()).toList();
            if (!ways.isEmpty() && !joins(ways)) {
                return false;
            }
        }
        told(null);
        meet();
        return true;
    }

    private boolean joins(List<Multiaddr> ways) throws InterruptedException {
        try {
            dht.bootstrap(ways, ATTEMPT);
            LOG.info("among its peers: {} in the routing table", dht.neighbours().size());
            return true;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            told(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void told(@Nullable String now) {
        boolean changed = !Objects.equals(now, trouble);
        trouble = now;
        if (!changed) {
            return;
        }
        if (now != null) {
            LOG.warn("this node is without peers, and goes on trying: {}", now);
        }
        onChange.run();
    }

    /**
     * Connects to more peers if there are too few for gossip. Clients don't count: they only ask.
     */
    private void meet() throws InterruptedException {
        Set<PeerId> connected = new HashSet<>();
        host.connections().forEach(connection -> connected.add(connection.remotePeer()));
        List<Multiaddr> serving =
                Stream.of(bootstrap.stream(), known(), remembered())
                        .flatMap(it -> it)
                        .distinct()
                        .filter(at -> at.peerId().isPresent())
                        .toList();
        List<Multiaddr> strangers = new ArrayList<>();
        Set<PeerId> met = new HashSet<>();
        for (Multiaddr address : serving) {
            PeerId peer = address.peerId().orElseThrow();
            if (connected.contains(peer)) {
                met.add(peer);
            } else {
                strangers.add(address);
            }
        }
        Collections.shuffle(strangers, random); // one that is dead stands in nobody's way
        int wanted = Math.min(DIALS, ENOUGH_PEERS - met.size());
        for (Multiaddr address : strangers.stream().limit(Math.max(0, wanted)).toList()) {
            try {
                Connection _ = host.connect(address);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LOG.debug("{} is not there: {}", address, e.getMessage());
                peers.ifPresent(store -> address.peerId().ifPresent(store::failed));
            }
        }
    }

    /** Somebody is said to be in the same network: its handshake will tell. */
    void found(Neighbour neighbour) {
        Thread.ofVirtual()
                .name("swarm-neighbour")
                .start(
                        () -> {
                            try {
                                Connection _ = host.connect(neighbour.addresses().getFirst());
                            } catch (IOException e) {
                                LOG.debug("{} is not there: {}", neighbour, e.getMessage());
                            }
                        });
    }

    /** Where to find those that were met before, one address of each. */
    private Stream<Multiaddr> remembered() {
        return peers.stream()
                .flatMap(store -> store.candidates(DhtOptions.FLOWSHIELD, MOST_REMEMBERED).stream())
                .flatMap(peer -> peer.addresses().stream().limit(1));
    }

    /** Who they are. */
    static List<PeerId> peers(List<Multiaddr> addresses) {
        return addresses.stream().flatMap(at -> at.peerId().stream()).toList();
    }

    private Stream<Multiaddr> known() {
        return dht.neighbours().stream()
                .flatMap(
                        peer ->
                                peer.addresses().stream()
                                        .filter(Multiaddr::isTcp)
                                        .limit(1)
                                        .map(at -> at.withPeer(peer.peer())));
    }

    void stop() {
        thread.interrupt();
    }
}
