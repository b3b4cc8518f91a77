package org.flowshield.node.finder;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.directory.DirectoryClient;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.matching.Market;
import org.flowshield.node.market.matching.Match;
import org.flowshield.node.market.matching.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fullnodes' directories, several of which are asked the same: what one of them hides another one
 * shows, and who tells what nobody has signed is not asked again. Safe for use by any thread.
 */
final class Directories {

    private static final Logger LOG = LoggerFactory.getLogger(Directories.class);

    /** One may lie, one may be gone; a fourth shows nothing new. */
    static final int WANTED = 3;

    /** With so many answers what one hides is shown. */
    static final int ENOUGH = 2;

    /** Known ones, and those that lied; the oldest is forgotten. */
    private static final int MOST_KNOWN = 64;

    /** For all of them: a search of a million offers takes 20 ms. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    /** Once enough have answered the others are waited for no longer than that. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** For finding some in the DHT. */
    private static final Duration FIND = Duration.ofSeconds(2);

    /**
     * What one of them told.
     *
     * @param whole whether that is all that it knows
     * @param clocks by how much those of providers are ahead of this machine's
     */
    record Told(
            PeerId fullnode, List<Match> matches, boolean whole, Map<NodeKey, Duration> clocks) {}

    private final MarketNetwork network;
    private final AddressPolicy policy;
    private final InstantSource time;

    /** Who has answered before, and where; guarded by itself. */
    private final Map<PeerId, List<Multiaddr>> known = bounded();

    /** Who has told what nobody has signed; guarded by itself. */
    private final Map<PeerId, String> liars = bounded();

    Directories(MarketNetwork network, AddressPolicy policy, InstantSource time) {
        this.network = network;
        this.policy = policy;
        this.time = time;
    }

    private static <V> Map<PeerId, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<PeerId, V> eldest) {
                return size() > MOST_KNOWN;
            }
        };
    }

    /** Has answered; whoever does not is no longer among those that are known. */
    void answered(PeerId fullnode, List<Multiaddr> addresses) {
        synchronized (known) {
            known.remove(fullnode);
            known.put(fullnode, List.copyOf(addresses));
        }
    }

    Set<PeerId> known() {
        synchronized (known) {
            return Set.copyOf(known.keySet());
        }
    }

    /**
     * Asks nodes to begin with, most of which have a directory, and those that are known by turns:
     * those of one kind that are silent must not keep it from the others.
     *
     * @param bootstrap each ends in {@code /p2p/ID}
     */
    List<Told> askKnown(Search search, List<Multiaddr> bootstrap, Query query)
            throws InterruptedException {
        Map<PeerId, List<Multiaddr>> first = new LinkedHashMap<>();
        for (Multiaddr address : bootstrap) {
            address.peerId()
                    .ifPresent(peer -> first.merge(peer, List.of(address), Directories::both));
        }
        Map<PeerId, List<Multiaddr>> second;
        synchronized (known) {
            second = new LinkedHashMap<>(known);
        }
        return ask(search, byTurns(first, second), query);
    }

    private static Map<PeerId, List<Multiaddr>> byTurns(
            Map<PeerId, List<Multiaddr>> first, Map<PeerId, List<Multiaddr>> second) {
        Map<PeerId, List<Multiaddr>> all = new LinkedHashMap<>();
        var some = first.entrySet().iterator();
        var others = second.entrySet().iterator();
        while (some.hasNext() || others.hasNext()) {
            for (var next : List.of(some, others)) {
                if (next.hasNext()) {
                    var one = next.next();
                    all.merge(one.getKey(), one.getValue(), Directories::both);
                }
            }
        }
        return all;
    }

    private static List<Multiaddr> both(List<Multiaddr> some, List<Multiaddr> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }

    /** Finds others in the DHT, and asks them. */
    List<Told> askOthers(Search search, Set<PeerId> asked, Query query)
            throws IOException, InterruptedException {
        Map<PeerId, List<Multiaddr>> whom = new LinkedHashMap<>();
        for (PeerInfo one : search.dht().findProviders(network.fullnodes(), 2 * WANTED, FIND)) {
            List<Multiaddr> addresses =
                    policy.of(one.addresses()).stream()
                            .filter(Multiaddr::isTcp)
                            .map(at -> at.withPeer(one.peer()))
                            .toList();
            if (!asked.contains(one.peer()) && !addresses.isEmpty()) {
                whom.put(one.peer(), addresses);
            }
        }
        return ask(search, whom, query);
    }

    private List<Told> ask(Search search, Map<PeerId, List<Multiaddr>> whom, Query query)
            throws InterruptedException {
        List<Map.Entry<PeerId, List<Multiaddr>>> honest = new ArrayList<>();
        for (Map.Entry<PeerId, List<Multiaddr>> one : whom.entrySet()) {
            if (!isLiar(one.getKey()) && honest.size() < 2 * WANTED) {
                honest.add(one);
            }
        }
        return Fanout.ask(
                honest,
                WANTED,
                ANSWER,
                one -> ask(search, one.getKey(), one.getValue(), query),
                told -> told.size() < ENOUGH ? Optional.empty() : Optional.of(PATIENCE));
    }

    private Optional<Told> ask(
            Search search, PeerId fullnode, List<Multiaddr> addresses, Query query) {
        synchronized (known) {
            known.remove(fullnode); // until it has answered: who is silent is not asked for ever
        }
        try {
            Connection connection = search.connect(addresses);
            DirectoryClient directory = new DirectoryClient(connection, network, time);
            Market.Page page = directory.find(query);
            if (directory.lies() > 0) {
                lied(fullnode, "it tells what no provider has signed");
                return Optional.empty();
            }
            answered(fullnode, addresses);
            return Optional.of(
                    new Told(fullnode, page.matches(), page.next().isEmpty(), directory.clocks()));
        } catch (IOException e) {
            LOG.debug("no directory of {}: {}", fullnode, e.getMessage());
            return Optional.empty();
        }
    }

    /** Whoever has told this is not asked again before the daemon is started anew. */
    void lied(PeerId fullnode, String what) {
        synchronized (known) {
            known.remove(fullnode);
        }
        synchronized (liars) {
            if (liars.putIfAbsent(fullnode, what) == null) {
                LOG.warn("the fullnode {} is not asked any more: {}", fullnode, what);
            }
        }
    }

    boolean isLiar(PeerId fullnode) {
        synchronized (liars) {
            return liars.containsKey(fullnode);
        }
    }

    static Set<PeerId> asked(List<Told> told) {
        Set<PeerId> asked = new HashSet<>();
        told.forEach(one -> asked.add(one.fullnode()));
        return asked;
    }
}
