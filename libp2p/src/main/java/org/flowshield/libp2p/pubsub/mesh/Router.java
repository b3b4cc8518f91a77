package org.flowshield.libp2p.pubsub.mesh;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.memory.Pending;
import org.flowshield.libp2p.pubsub.score.PeerScores;
import org.flowshield.libp2p.pubsub.wire.Control.Subscribed;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.Topic;

/**
 * Gossipsub 1.2 as a machine that is told what happens and says what to do. It knows neither
 * sockets nor threads nor clocks; times are nanoseconds of any clock that does not go back. For one
 * thread at a time.
 *
 * <pre>
 *                        unknown topic, too long, own, above its rate: nothing
 *   message of a peer ──┬─────────────────────────────────────────────────────
 *                       │ seen: counted      ┌ forged: P4      ┌ REJECT: P4
 *                       └──────────> Verify ─┴──────> Validate ┴──────> Deliver, pass on
 *                                                 IDONTWANT
 * </pre>
 */
public final class Router {

    /** Peers at a time; as many as a host has connections at most. */
    static final int MAX_PEERS = 2_500;

    private final RouterState state;
    private final MessageFlow messages;
    private final Gossip gossip;
    private final Meshes meshes;
    private long lastDecay;

    /**
     * @param self whose router this is
     * @param application what the application thinks of a peer (P5); quick, never throws
     * @param peerRecords the signed records of peers, for peer exchange
     * @param random need not be hard to guess
     * @param now the time
     */
    public Router(
            PeerId self,
            RouterConfig config,
            ToDoubleFunction<PeerId> application,
            Function<PeerId, Optional<ByteString>> peerRecords,
            RandomGenerator random,
            long now) {
        this.state =
                new RouterState(self, config, new PeerScores(config.score(), application), random);
        this.messages = new MessageFlow(state);
        this.gossip = new Gossip(state, messages.pending);
        this.meshes = new Meshes(state, peerRecords);
        this.lastDecay = now;
    }

    /**
     * Something happens.
     *
     * @param now not before the time of the last event
     * @return what to do, in this order
     * @throws IllegalStateException if {@link Event.Join} is one topic too many
     */
    public List<Effect> next(Event event, long now) {
        state.now = now;
        switch (event) {
            case Event.Arrived arrived -> arrived(arrived);
            case Event.Left left -> state.forget(left.peer());
            case Event.Received received -> received(received);
            case Event.Malformed malformed -> malformed(malformed.peer());
            case Event.Join join -> meshes.join(join.topic());
            case Event.Leave leave -> meshes.leave(leave.topic());
            case Event.Publish publish -> messages.publish(publish.message());
            case Event.Verified verified ->
                    messages.verified(verified.message(), verified.signed());
            case Event.Validated validated ->
                    messages.validated(validated.message(), validated.id(), validated.verdict());
            case Event.Heartbeat _ -> heartbeat();
        }
        return state.out.take();
    }

    private void arrived(Event.Arrived arrived) {
        PeerId id = arrived.peer();
        state.forget(id);
        if (state.peers.size() >= MAX_PEERS) {
            state.out.add(new Effect.Shed(id, "there are " + MAX_PEERS + " peers already"));
            return;
        }
        state.scores.arrived(id, arrived.address());
        state.peers.put(
                id,
                new PeerState(
                        id, arrived.version(), arrived.dialled(), state.config.rates(), state.now));
        if (!state.shedIfBad(id)) {
            state.meshes.keySet().forEach(topic -> state.out.to(id).subscription(true, topic));
        }
    }

    /** Who breaks the framing has nothing more to say: the stream's next bytes mean nothing. */
    private void malformed(PeerId id) {
        PeerState peer = state.peers.get(id);
        if (peer != null) {
            state.scores.breach(id, 1);
            state.shed(id, "it sent what is no RPC of pubsub");
        }
    }

    private void received(Event.Received received) {
        PeerState peer = state.peers.get(received.peer());
        if (peer == null || state.shedIfBad(peer.id)) {
            return;
        }
        if (!peer.bytes.take(received.bytes(), state.now)) {
            state.scores.breach(peer.id, 1);
            state.shedIfBad(peer.id);
            return;
        }
        Rpc rpc = received.rpc();
        for (Subscribed told : rpc.subscriptions()) {
            meshes.subscribed(peer, told.subscribe(), told.topic());
        }
        for (Message message : rpc.messages()) {
            messages.received(peer, message);
        }
        rpc.ihave().forEach(offer -> gossip.ihave(peer, offer));
        gossip.iwant(peer, rpc.iwant());
        gossip.idontwant(peer, rpc.idontwant());
        rpc.graft().forEach(topic -> meshes.graft(peer, topic));
        rpc.prune().forEach(told -> meshes.prune(peer, told));
        state.shedIfBad(peer.id);
    }

    private void heartbeat() {
        gossip.blameBrokenPromises();
        if (state.now - lastDecay >= state.config.score().decayInterval().toNanos()) {
            lastDecay = state.now;
            state.scores.decay(state.now);
        }
        List.copyOf(state.peers.keySet()).forEach(state::shedIfBad);
        state.tick++;
        state.meshes.forEach(meshes::keep);
        messages.keepFanouts();
        state.meshes.forEach(gossip::emit);
        state.fanouts.forEach((topic, fanout) -> gossip.emit(topic, fanout.peers));
        state.cache.shift();
        state.seen.expire(state.now);
        state.backoffs.expire(state.now);
        messages.dropOverdue();
        state.peers.values().forEach(peer -> peer.heartbeat(state.tick));
    }

    // ---- what is to be seen of it ----

    /**
     * True if so much of a peer's is on its way to a verdict that nothing more should be read of it
     * for now.
     */
    public boolean isBusyWith(PeerId id) {
        PeerState peer = state.peers.get(id);
        return peer != null && peer.pending >= Pending.MAX_PER_PEER / 2;
    }

    /** True if nothing of a peer's would be heeded, as things stood at the last event. */
    public boolean isGreylisted(PeerId id) {
        return state.score(id) < state.config.thresholds().greylist();
    }

    /** The peers that subscribe to a topic. */
    public List<PeerId> subscribers(Topic topic) {
        return state.peers.values().stream()
                .filter(peer -> peer.topics.contains(topic))
                .map(peer -> peer.id)
                .toList();
    }

    /** The peers in our mesh of a topic; none if we do not subscribe to it. */
    public List<PeerId> mesh(Topic topic) {
        return List.copyOf(state.meshes.getOrDefault(topic, Set.of()));
    }

    /** The scores of all peers that are there. */
    public Map<PeerId, Double> scores(long now) {
        Map<PeerId, Double> scores = new LinkedHashMap<>();
        for (PeerId id : state.peers.keySet()) {
            scores.put(id, state.scores.score(id, now));
        }
        return scores;
    }
}
