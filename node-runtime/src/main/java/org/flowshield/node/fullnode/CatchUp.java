package org.flowshield.node.fullnode;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.directory.DirectoryClient;
import org.flowshield.node.fullnode.sync.Local;
import org.flowshield.node.fullnode.sync.Remote;
import org.flowshield.node.fullnode.sync.Sync;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.swarm.Swarm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches up with other fullnodes: with each that is found once, then now and then with one of
 * them, since what one leaves out another tells. {@link #step} is for one thread.
 */
final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    /** Until the first fullnode was caught up with. */
    static final Duration SOON = Duration.ofSeconds(2);

    /** After a minute without any other fullnode this may be the only one. */
    private static final int SOON_STEPS = 30;

    /** Gossip brings what is new; this brings what it lost. */
    static final Duration EVERY = Duration.ofSeconds(30);

    private static final Duration FIND_WITHIN = Duration.ofSeconds(10);

    /** Fullnodes that are asked after at a time. */
    private static final int MOST = 20;

    /** Fullnodes that are remembered. */
    private static final int MOST_KNOWN = 1_000;

    /** In each later step: one may lie, another may be gone. */
    private static final int EACH_TIME = 2;

    private final Swarm.Membership swarm;
    private final MarketNetwork network;
    private final Local local;
    private final InstantSource time;
    private final RandomGenerator random;

    /** Those that were caught up with, the last so many. */
    private final Set<PeerId> done =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<PeerId, Boolean> eldest) {
                            return size() > MOST_KNOWN;
                        }
                    });

    private int steps;
    private volatile @Nullable Instant syncedAt;
    private volatile int fullnodes;

    CatchUp(
            Swarm.Membership swarm,
            MarketNetwork network,
            Local local,
            InstantSource time,
            RandomGenerator random) {
        this.swarm = swarm;
        this.network = network;
        this.local = local;
        this.time = time;
        this.random = random;
    }

    /** When another fullnode was last caught up with; empty: never. */
    Optional<Instant> syncedAt() {
        return Optional.ofNullable(syncedAt);
    }

    /** How many others were there the last time. */
    int fullnodes() {
        return fullnodes;
    }

    /**
     * Looks for fullnodes and catches up.
     *
     * @return how long to wait until the next time
     */
    Duration step() throws InterruptedException {
        Map<PeerId, PeerInfo> found = find();
        found.remove(swarm.host().peerId());
        List<PeerInfo> fresh = new ArrayList<>();
        List<PeerInfo> known = new ArrayList<>();
        found.values().forEach(peer -> (done.contains(peer.peer()) ? known : fresh).add(peer));
        Collections.shuffle(known, random);
        List<PeerInfo> asked = new ArrayList<>(fresh);
        asked.addAll(known.subList(0, Math.min(EACH_TIME, known.size())));
        int there = 0;
        for (PeerInfo peer : asked) {
            there += isCaughtUpWith(peer) ? 1 : 0;
        }
        fullnodes = there + known.size() - Math.min(EACH_TIME, known.size());
        steps++;
        return syncedAt == null && steps < SOON_STEPS ? SOON : EVERY;
    }

    private Map<PeerId, PeerInfo> find() {
        Map<PeerId, PeerInfo> found = new LinkedHashMap<>();
        try {
            swarm.dht()
                    .findProviders(
                            network.fullnodes(),
                            peer -> {
                                found.put(peer.peer(), peer);
                                return found.size() < MOST;
                            },
                            FIND_WITHIN);
        } catch (IOException e) {
            LOG.debug("no other fullnode is found: {}", e.getMessage());
        }
        return found;
    }

    private boolean isCaughtUpWith(PeerInfo peer) throws InterruptedException {
        try {
            Connection connection = connection(peer);
            Sync.Outcome outcome =
                    Sync.run(local, Remote.of(new DirectoryClient(connection, network, time)));
            if (outcome.complete()) {
                done.add(peer.peer());
                syncedAt = time.instant();
            } else {
                LOG.warn(
                        "fullnode {} is not asked on: it tells {} records that nobody has signed,"
                                + " too many of nodes that the chain does not know, or without end",
                        peer.peer(),
                        outcome.lies());
            }
            if (outcome.news() > 0) {
                LOG.info(
                        "{} records of fullnode {}, by {} questions",
                        outcome.news(),
                        peer.peer(),
                        outcome.requests());
            }
            return outcome.complete();
        } catch (ProtocolNotSupportedException e) {
            LOG.debug("{} is no fullnode", peer.peer());
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.debug("not caught up with fullnode {}: {}", peer.peer(), e.getMessage());
        }
        return false;
    }

    private Connection connection(PeerInfo peer) throws IOException {
        for (Connection open : swarm.host().connections()) {
            if (open.remotePeer().equals(peer.peer())) {
                return open;
            }
        }
        IOException last = new IOException("fullnode " + peer.peer() + " has no address");
        for (Multiaddr address : peer.addresses()) {
            try {
                return swarm.host().connect(address.withPeer(peer.peer()));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }
}
