package org.flowshield.node.swarm;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.swarm.reach.DialOutcome;
import org.flowshield.node.swarm.reach.ReachClient;
import org.flowshield.node.swarm.reach.ReachProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has peers dial this node, so that it knows where it can be reached: at once when it is elsewhere,
 * soon where nothing is proven, now and then all the same. Only peers that this node has dialled
 * are asked: who comes by itself may come to lie. A virtual thread, for as long as the swarm is
 * open.
 */
final class Proving {

    private static final Logger LOG = LoggerFactory.getLogger(Proving.class);

    /** Of each family: one may be behind the same router, another may lie. */
    private static final int PEERS_PER_FAMILY = 3;

    /** Peers that have just been connected to are asked a moment later, all at once. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    /** Nobody could be asked yet. */
    private static final Duration WITHOUT_PEERS = Duration.ofSeconds(5);

    /** Whoever opens a port wants to see it; peers take one request in half a minute. */
    private static final Duration NOT_PROVEN = Duration.ofMinutes(1);

    /** A router that lost a mapping is noticed within that. */
    private static final Duration PROVEN = Duration.ofMinutes(15);

    /** For a peer that is connected to say who it is. */
    private static final Duration IDENTIFIED_WITHIN = Duration.ofSeconds(5);

    private final Host host;
    private final Identify identify;
    private final Whereabouts whereabouts;
    private final Runnable onChange;
    private final Semaphore moved = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("swarm-proving").unstarted(this::run);

    /**
     * @param onChange called when something else is proven; any thread
     */
    Proving(Host host, Identify identify, Whereabouts whereabouts, Runnable onChange) {
        this.host = host;
        this.identify = identify;
        this.whereabouts = whereabouts;
        this.onChange = onChange;
    }

    void start() {
        thread.start();
    }

    /** The node is elsewhere. */
    void moved() {
        moved.release();
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(SETTLE);
                moved.drainPermits();
                Duration pause = round();
                boolean _ = moved.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Asks some peers; for how long nobody has to be asked again. */
    private Duration round() throws InterruptedException {
        List<Multiaddr> addresses = whereabouts.toTry();
        List<Connection> peers = peers();
        if (addresses.isEmpty() || peers.isEmpty()) {
            return WITHOUT_PEERS;
        }
        Set<Multiaddr> reached = new HashSet<>();
        Map<Multiaddr, String> failed = new HashMap<>();
        for (Connection peer : peers) {
            ask(peer, addresses)
                    .forEach(
                            (address, outcome) -> {
                                if (outcome == DialOutcome.REACHED) {
                                    reached.add(address);
                                } else if (outcome.isTried()) {
                                    failed.put(address, outcome.words());
                                }
                            });
        }
        boolean wasProven = whereabouts.reach("") instanceof Reach.Proven;
        if (whereabouts.tried(reached, failed)) {
            tell(wasProven);
            onChange.run();
        }
        return whereabouts.reach("") instanceof Reach.Proven ? PROVEN : NOT_PROVEN;
    }

    private void tell(boolean wasProven) {
        switch (whereabouts.reach("")) {
            case Reach.Proven(List<Multiaddr> at) -> LOG.info("peers get to this node at {}", at);
            case Reach.NotProven(String why) -> {
                if (wasProven) {
                    LOG.warn("peers don't get to this node any more: {}", why);
                } else {
                    LOG.warn("no peer gets to this node: {}", why);
                }
            }
            case Reach.Pending _, Reach.Unknown _ ->
                    LOG.debug("no peer has said whether it gets to this node");
        }
    }

    private Map<Multiaddr, DialOutcome> ask(Connection peer, List<Multiaddr> addresses)
            throws InterruptedException {
        try {
            return ReachClient.ask(peer, addresses);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.debug("{} does not dial back: {}", peer.remotePeer(), e.getMessage());
            return Map.of();
        }
    }

    /** Each asked by one connection. */
    private List<Connection> peers() throws InterruptedException {
        List<Connection> peers = new ArrayList<>();
        Set<PeerId> known = new HashSet<>();
        Map<Class<?>, Integer> families = new HashMap<>();
        for (Connection connection : host.connections()) {
            Optional<InetAddress> ip = connection.remoteAddress().ip();
            if (!connection.initiator() || ip.isEmpty()) {
                continue;
            }
            Class<?> family = ip.get().getClass();
            if (families.getOrDefault(family, 0) < PEERS_PER_FAMILY
                    && dialsBack(connection)
                    && known.add(connection.remotePeer())) {
                families.merge(family, 1, Integer::sum);
                peers.add(connection);
            }
        }
        return peers;
    }

    private boolean dialsBack(Connection connection) throws InterruptedException {
        try {
            return identify.identified(connection)
                    .toCompletableFuture()
                    .get(IDENTIFIED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .protocols()
                    .contains(ReachProtocol.PROTOCOL);
        } catch (ExecutionException | CompletionException | TimeoutException e) {
            LOG.debug("{} does not say who it is", connection.remotePeer(), e);
            return false;
        }
    }
}
