package org.flowshield.libp2p.pubsub.mesh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.memory.Backoffs;
import org.flowshield.libp2p.pubsub.memory.MessageCache;
import org.flowshield.libp2p.pubsub.memory.Promises;
import org.flowshield.libp2p.pubsub.memory.SeenIds;
import org.flowshield.libp2p.pubsub.score.PeerScores;
import org.flowshield.libp2p.pubsub.wire.Topic;

/** What the parts of a router share. For one thread. */
final class RouterState {

    /**
     * What one unit above a peer's rate, or one thing without any use, adds to its breaches: some
     * happen to everybody, two hundred in a minute are as ten breaches.
     */
    static final double BREACH_PER_NUISANCE = 0.05;

    /** Peers for a topic that we publish to without subscribing. */
    static final class Fanout {
        final Set<PeerId> peers = new LinkedHashSet<>();
        long lastPublished;
    }

    final PeerId self;
    final RouterConfig config;
    final GossipParams params;
    final PeerScores scores;
    final RandomGenerator random;
    final Map<PeerId, PeerState> peers = new LinkedHashMap<>();

    /** The topics that we subscribe to, and for each the peers in its mesh. */
    final Map<Topic, Set<PeerId>> meshes = new LinkedHashMap<>();

    final Map<Topic, Fanout> fanouts = new LinkedHashMap<>();
    final MessageCache cache;
    final SeenIds seen;
    final Backoffs backoffs = new Backoffs();
    final Promises promises = new Promises();
    final Outbox out = new Outbox();

    /** The time of the event that is handled. */
    long now;

    /** Heartbeats so far. */
    long tick;

    RouterState(PeerId self, RouterConfig config, PeerScores scores, RandomGenerator random) {
        this.self = self;
        this.config = config;
        this.params = config.gossip();
        this.scores = scores;
        this.random = random;
        this.cache = new MessageCache(params.historyWindows(), params.gossipWindows());
        this.seen = new SeenIds(params.seenTtl().toNanos());
    }

    double score(PeerId peer) {
        return scores.score(peer, now);
    }

    /** Takes from what a peer may ask of us; what is above that is a breach in the long run. */
    boolean mayAsk(PeerState peer, double units) {
        if (peer.units.take(units, now)) {
            return true;
        }
        nuisance(peer, units);
        return false;
    }

    /** A peer did what is of no use to anybody, so often. */
    void nuisance(PeerState peer, double times) {
        scores.breach(peer.id, times * BREACH_PER_NUISANCE);
    }

    /** Has nothing more to do with a peer if its score is that bad. */
    boolean shedIfBad(PeerId peer) {
        if (!peers.containsKey(peer) || score(peer) >= config.thresholds().greylist()) {
            return false;
        }
        shed(peer, "its score is %.0f".formatted(score(peer)));
        return true;
    }

    void shed(PeerId peer, String reason) {
        forget(peer);
        out.cancel(peer);
        out.add(new Effect.Shed(peer, reason));
    }

    void forget(PeerId peer) {
        if (peers.remove(peer) == null) {
            return;
        }
        meshes.values().forEach(mesh -> mesh.remove(peer));
        fanouts.values().forEach(fanout -> fanout.peers.remove(peer));
        promises.forget(peer);
        scores.left(peer, now);
    }

    /** The subscribers of a topic that fulfil a condition, in random order. */
    List<PeerState> subscribers(Topic topic, Predicate<PeerState> condition) {
        List<PeerState> found = new ArrayList<>();
        for (PeerState peer : peers.values()) {
            if (peer.topics.contains(topic) && condition.test(peer)) {
                found.add(peer);
            }
        }
        shuffle(found);
        return found;
    }

    void shuffle(List<?> list) {
        Collections.shuffle(list, Random.from(random));
    }
}
