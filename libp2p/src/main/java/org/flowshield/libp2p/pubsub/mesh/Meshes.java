package org.flowshield.libp2p.pubsub.mesh;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.memory.Backoffs;
import org.flowshield.libp2p.pubsub.wire.Control.PeerInfo;
import org.flowshield.libp2p.pubsub.wire.Control.Prune;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.Topic;

/** Who is in which mesh: GRAFT, PRUNE, and what a heartbeat puts right. For one thread. */
final class Meshes {

    /** Topics that we subscribe to at a time; each costs every peer something. */
    static final int MAX_TOPICS = 256;

    /** Peers that one PRUNE can have us connect to; the mesh needs no more. */
    private static final int MAX_TRIED = 4;

    private final RouterState state;
    private final Function<PeerId, Optional<ByteString>> peerRecords;

    /**
     * @param peerRecords the signed records of peers, for peer exchange
     */
    Meshes(RouterState state, Function<PeerId, Optional<ByteString>> peerRecords) {
        this.state = state;
        this.peerRecords = peerRecords;
    }

    // ---- what we want ----

    void join(Topic topic) {
        if (state.meshes.containsKey(topic)) {
            return;
        }
        if (state.meshes.size() >= MAX_TOPICS) {
            throw new IllegalStateException("subscribed to " + MAX_TOPICS + " topics already");
        }
        Set<PeerId> mesh = new LinkedHashSet<>();
        state.meshes.put(topic, mesh);
        state.peers.keySet().forEach(peer -> state.out.to(peer).subscription(true, topic));
        RouterState.Fanout fanout = state.fanouts.remove(topic);
        if (fanout != null) {
            for (PeerState peer : candidates(topic, mesh, peer -> fanout.peers.contains(peer.id))) {
                if (mesh.size() < state.params.degree()) {
                    graft(topic, mesh, peer);
                }
            }
        }
        fill(topic, mesh, state.params.degree());
    }

    void leave(Topic topic) {
        Set<PeerId> mesh = state.meshes.remove(topic);
        if (mesh == null) {
            return;
        }
        for (PeerId id : mesh) {
            PeerState peer = state.peers.get(id);
            if (peer != null) {
                tellPrune(topic, peer, false, state.params.unsubscribeBackoff().toNanos());
            }
            state.scores.pruned(id, topic);
        }
        state.peers.keySet().forEach(peer -> state.out.to(peer).subscription(false, topic));
    }

    // ---- what peers say ----

    void subscribed(PeerState peer, boolean subscribe, Topic topic) {
        if (!state.mayAsk(peer, 1)) {
            return;
        }
        if (subscribe) {
            peer.subscribe(topic);
            return;
        }
        peer.topics.remove(topic);
        RouterState.Fanout fanout = state.fanouts.get(topic);
        if (fanout != null) {
            fanout.peers.remove(peer.id);
        }
        Set<PeerId> mesh = state.meshes.get(topic);
        if (mesh != null && mesh.remove(peer.id)) {
            state.scores.pruned(peer.id, topic);
        }
    }

    /** A peer has us in its mesh, and asks to be in ours. */
    void graft(PeerState peer, Topic topic) {
        Set<PeerId> mesh = state.meshes.get(topic);
        if (!state.mayAsk(peer, 1)) {
            return;
        }
        if (mesh == null || mesh.contains(peer.id)) {
            state.nuisance(peer, 1);
            return;
        }
        Backoffs.Backoff backoff = state.backoffs.current(topic, peer.id, state.now);
        if (backoff != null) {
            if (peer.version.knowsBackoff()) {
                boolean flood = state.now - backoff.pruned() < state.params.graftFlood().toNanos();
                state.scores.breach(peer.id, flood ? 2 : 1);
            }
            refuse(topic, peer, false);
        } else if (state.score(peer.id) < 0) {
            refuse(topic, peer, false);
        } else if (mesh.size() >= state.params.degreeHigh() && !peer.dialled) {
            refuse(topic, peer, true);
        } else {
            mesh.add(peer.id);
            state.scores.grafted(peer.id, topic, state.now);
        }
    }

    private void refuse(Topic topic, PeerState peer, boolean exchange) {
        tellPrune(topic, peer, exchange, state.params.pruneBackoff().toNanos());
    }

    /** A peer has taken us out of its mesh. */
    void prune(PeerState peer, Prune told) {
        Topic topic = told.topic();
        Set<PeerId> mesh = state.meshes.get(topic);
        if (!state.mayAsk(peer, 1) || mesh == null) {
            return;
        }
        if (mesh.remove(peer.id)) {
            state.scores.pruned(peer.id, topic);
        }
        long seconds = told.backoffSeconds();
        long backoff =
                seconds == 0
                        ? state.params.pruneBackoff().toNanos()
                        : Math.min(seconds, Backoffs.MAX_NANOS / 1_000_000_000L) * 1_000_000_000L;
        // A heartbeat more, so that the peer's clock has run out when we ask.
        state.backoffs.begin(
                topic, peer.id, backoff + state.params.heartbeat().toNanos(), state.now);
        tryOthers(peer, told.peers());
    }

    private void tryOthers(PeerState peer, List<PeerInfo> others) {
        if (!state.params.peerExchange()
                || state.score(peer.id) < state.config.thresholds().acceptExchange()) {
            return;
        }
        int tried = 0;
        for (PeerInfo other : others) {
            ByteString peerRecord = other.peerRecord();
            if (peerRecord != null
                    && tried < MAX_TRIED
                    && !other.peer().equals(state.self)
                    && !state.peers.containsKey(other.peer())) {
                tried++;
                state.out.add(new Effect.Connect(other.peer(), peerRecord));
            }
        }
    }

    // ---- what a heartbeat puts right ----

    void keep(Topic topic, Set<PeerId> mesh) {
        for (PeerId id : List.copyOf(mesh)) {
            if (state.score(id) < 0) {
                drop(topic, mesh, id, false);
            }
        }
        if (mesh.size() < state.params.degreeLow()) {
            fill(topic, mesh, state.params.degree());
        }
        if (mesh.size() > state.params.degreeHigh()) {
            thin(topic, mesh);
        }
        if (mesh.size() >= state.params.degreeLow()) {
            reachOut(topic, mesh);
        }
        if (state.tick % state.params.opportunisticGraftTicks() == 0 && mesh.size() > 1) {
            improve(topic, mesh);
        }
    }

    private void fill(Topic topic, Set<PeerId> mesh, int size) {
        for (PeerState peer : candidates(topic, mesh, candidate -> true)) {
            if (mesh.size() >= size) {
                return;
            }
            graft(topic, mesh, peer);
        }
    }

    /** Subscribers that may come into the mesh, in random order. */
    private List<PeerState> candidates(
            Topic topic, Set<PeerId> mesh, Predicate<PeerState> condition) {
        return state.subscribers(
                topic,
                peer ->
                        !mesh.contains(peer.id)
                                && condition.test(peer)
                                && !state.backoffs.holds(topic, peer.id, state.now)
                                && state.score(peer.id) >= 0);
    }

    private void graft(Topic topic, Set<PeerId> mesh, PeerState peer) {
        mesh.add(peer.id);
        state.scores.grafted(peer.id, topic, state.now);
        state.out.to(peer.id).graft(topic);
    }

    /** Keeps the best, some others, and among them enough that we have dialled. */
    private void thin(Topic topic, Set<PeerId> mesh) {
        List<PeerId> ranked = new ArrayList<>(mesh);
        state.shuffle(ranked);
        ranked.sort(Comparator.comparingDouble(this::score).reversed());
        List<PeerId> others = ranked.subList(state.params.degreeScore(), ranked.size());
        state.shuffle(others);
        int outside = state.params.degree();
        long dialled = ranked.subList(0, outside).stream().filter(this::isDialled).count();
        // Those that we have dialled come before those that have dialled us, as far as needed.
        for (int i = outside; i < ranked.size() && dialled < state.params.degreeOut(); i++) {
            if (isDialled(ranked.get(i)) && swapIn(ranked, i)) {
                dialled++;
            }
        }
        for (PeerId id : ranked.subList(outside, ranked.size())) {
            drop(topic, mesh, id, true);
        }
    }

    private boolean swapIn(List<PeerId> ranked, int index) {
        for (int i = state.params.degree() - 1; i >= state.params.degreeScore(); i--) {
            if (!isDialled(ranked.get(i))) {
                PeerId displaced = ranked.set(i, ranked.get(index));
                ranked.set(index, displaced);
                return true;
            }
        }
        return false;
    }

    private double score(PeerId id) {
        return state.score(id);
    }

    private boolean isDialled(PeerId id) {
        PeerState peer = state.peers.get(id);
        return peer != null && peer.dialled;
    }

    private void reachOut(Topic topic, Set<PeerId> mesh) {
        long dialled = mesh.stream().filter(this::isDialled).count();
        if (dialled >= state.params.degreeOut()) {
            return;
        }
        for (PeerState peer : candidates(topic, mesh, candidate -> candidate.dialled)) {
            if (dialled++ >= state.params.degreeOut()) {
                return;
            }
            graft(topic, mesh, peer);
        }
    }

    private void improve(Topic topic, Set<PeerId> mesh) {
        double median =
                mesh.stream()
                        .mapToDouble(this::score)
                        .sorted()
                        .skip(mesh.size() / 2)
                        .findFirst()
                        .orElse(0);
        if (median >= state.config.thresholds().opportunisticGraft()) {
            return;
        }
        int count = 0;
        for (PeerState peer : candidates(topic, mesh, better -> score(better.id) > median)) {
            if (count++ >= state.params.opportunisticGraftPeers()) {
                return;
            }
            graft(topic, mesh, peer);
        }
    }

    private void drop(Topic topic, Set<PeerId> mesh, PeerId id, boolean exchange) {
        mesh.remove(id);
        state.scores.pruned(id, topic);
        PeerState peer = state.peers.get(id);
        if (peer != null) {
            tellPrune(topic, peer, exchange, state.params.pruneBackoff().toNanos());
        }
    }

    private void tellPrune(Topic topic, PeerState peer, boolean exchange, long backoff) {
        state.backoffs.begin(topic, peer.id, backoff, state.now);
        if (!peer.version.knowsBackoff()) {
            state.out.to(peer.id).prune(new Prune(topic, List.of(), 0));
            return;
        }
        List<PeerInfo> others =
                exchange && state.params.peerExchange() && state.score(peer.id) >= 0
                        ? others(topic, peer)
                        : List.of();
        state.out
                .to(peer.id)
                .prune(new Prune(topic, others, Math.max(1, backoff / 1_000_000_000L)));
    }

    /** Peers that the one who is pruned may try instead, as far as they can be proven. */
    private List<PeerInfo> others(Topic topic, PeerState pruned) {
        List<PeerInfo> others = new ArrayList<>();
        for (PeerState peer :
                state.subscribers(
                        topic, other -> !other.id.equals(pruned.id) && score(other.id) >= 0)) {
            if (others.size() == Rpc.MAX_EXCHANGED) {
                break;
            }
            peerRecords
                    .apply(peer.id)
                    .ifPresent(envelope -> others.add(new PeerInfo(peer.id, envelope)));
        }
        return others;
    }
}
