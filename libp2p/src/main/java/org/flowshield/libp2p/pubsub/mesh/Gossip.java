package org.flowshield.libp2p.pubsub.mesh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.memory.Pending;
import org.flowshield.libp2p.pubsub.wire.Control.IHave;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Topic;

/** Telling peers outside of the mesh what there is, and asking for what they tell. */
final class Gossip {

    /** IHAVEs of one peer that are heeded in one heartbeat (go-libp2p). */
    static final int MAX_IHAVES = 10;

    /** Ids in one IHAVE, and ids that are asked of one peer in one heartbeat (go-libp2p). */
    static final int MAX_IDS = 5_000;

    /** What one peer gets in one heartbeat by asking for it. */
    static final int MAX_SERVED_BYTES = 4 * 1024 * 1024;

    /** So many ids cost a peer as much as one message. */
    private static final double IDS_PER_UNIT = 100;

    private final RouterState state;
    private final Pending pending;

    Gossip(RouterState state, Pending pending) {
        this.state = state;
        this.pending = pending;
    }

    void ihave(PeerState peer, IHave offer) {
        if (!state.mayAsk(peer, 1 + offer.ids().size() / IDS_PER_UNIT)) {
            return;
        }
        if (!isHeeded(peer)
                || !state.meshes.containsKey(offer.topic())
                || peer.ihaves++ >= MAX_IHAVES) {
            state.nuisance(peer, 1);
            return;
        }
        if (peer.asked >= MAX_IDS) {
            return;
        }
        Set<MessageId> missing = new LinkedHashSet<>(offer.ids());
        missing.removeIf(id -> state.seen.contains(id) || pending.contains(id));
        if (missing.isEmpty()) {
            return;
        }
        List<MessageId> wanted = new ArrayList<>(missing);
        state.shuffle(wanted);
        if (wanted.size() > MAX_IDS - peer.asked) {
            wanted = wanted.subList(0, MAX_IDS - peer.asked);
        }
        peer.asked += wanted.size();
        state.out.to(peer.id).iwant(wanted);
        state.promises.expect(
                wanted.getFirst(), peer.id, state.now + state.params.iwantFollowUp().toNanos());
    }

    private boolean isHeeded(PeerState peer) {
        return state.score(peer.id) >= state.config.thresholds().gossip();
    }

    void iwant(PeerState peer, List<MessageId> ids) {
        if (ids.isEmpty() || !state.mayAsk(peer, 1 + ids.size() / IDS_PER_UNIT)) {
            return;
        }
        if (!isHeeded(peer)) {
            state.nuisance(peer, 1);
            return;
        }
        for (MessageId id : ids) {
            if (peer.servedBytes >= MAX_SERVED_BYTES) {
                return;
            }
            Optional<Message> message = state.cache.take(id, peer.id);
            if (message.isEmpty()) {
                state.nuisance(peer, 1); // nobody told it of this, or it has had it
            } else if (peer.wants(id)) {
                peer.servedBytes += message.get().payloadSize();
                state.out.to(peer.id).message(message.get());
            }
        }
    }

    void idontwant(PeerState peer, List<MessageId> ids) {
        if (!ids.isEmpty() && state.mayAsk(peer, 1 + ids.size() / IDS_PER_UNIT)) {
            state.nuisance(peer, peer.doesNotWant(ids, state.tick));
        }
    }

    /** Tells some of those who are not in the mesh or fanout what there is. */
    void emit(Topic topic, Set<PeerId> but) {
        List<MessageId> ids = state.cache.recent(topic);
        if (ids.isEmpty()) {
            return;
        }
        List<PeerState> others =
                state.subscribers(topic, peer -> !but.contains(peer.id) && isHeeded(peer));
        int count =
                Math.max(
                        state.params.degreeLazy(),
                        (int) (state.params.gossipFactor() * others.size()));
        for (PeerState peer : others.subList(0, Math.min(count, others.size()))) {
            state.shuffle(ids);
            state.out.to(peer.id).ihave(topic, ids.subList(0, Math.min(MAX_IDS, ids.size())));
        }
    }

    void blameBrokenPromises() {
        state.promises.broken(state.now).forEach(state.scores::breach);
    }
}
