package org.flowshield.libp2p.pubsub.mesh;

import com.google.protobuf.ByteString;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.memory.Authors;
import org.flowshield.libp2p.pubsub.memory.Pending;
import org.flowshield.libp2p.pubsub.wire.MalformedMessageException;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.StrictSign;
import org.flowshield.libp2p.pubsub.wire.Topic;

/**
 * The way of a message: cheap checks, signature, the application's verdict, delivery and passing
 * on. For one thread.
 */
final class MessageFlow {

    /** Copies of a message as long as this are worth being told off (go-libp2p). */
    static final int UNWANTED_FROM = 1_024;

    /** An application that says nothing for so long has no interest. */
    private static final long VERDICT_NANOS = 30_000_000_000L;

    /** Topics that we publish to without subscribing. */
    static final int MAX_FANOUTS = 64;

    private final RouterState state;
    private final ByteString selfBytes;
    private final Authors authors;
    final Pending pending = new Pending();

    MessageFlow(RouterState state) {
        this.state = state;
        this.selfBytes = ByteString.copyFrom(state.self.bytes());
        this.authors = new Authors(state.config.rates());
    }

    // ---- from a peer ----

    /** What costs little comes first: nothing is verified for a peer above its rate. */
    void received(PeerState peer, Message message) {
        Topic topic = message.topic();
        if (!state.mayAsk(peer, 1)
                || !state.meshes.containsKey(topic)
                || message.payloadSize() > state.config.maxPayload()
                || selfBytes.equals(message.from())) {
            return;
        }
        MessageId id = state.config.ids().of(message);
        state.promises.kept(id);
        Pending.Entry known = pending.get(message);
        if (known != null) {
            known.broughtBy(peer.id);
        } else if (state.seen.contains(id)) {
            state.scores.duplicate(id, topic, peer.id, state.now);
        } else if (peer.pending < Pending.MAX_PER_PEER
                && pending.hasRoom(id, message.payloadSize())) {
            take(peer, message, id);
        }
    }

    private void take(PeerState peer, Message message, MessageId id) {
        StrictSign.Claimed claimed;
        try {
            claimed = StrictSign.claimed(message);
        } catch (MalformedMessageException _) {
            state.scores.invalid(peer.id, message.topic());
            return;
        }
        pending.add(new Pending.Entry(claimed, id, peer.id, state.now));
        peer.pending++;
        state.out.add(new Effect.Verify(claimed));
    }

    void verified(Message message, boolean signed) {
        Pending.Entry entry = pending.get(message);
        if (entry == null || entry.isVerified()) {
            return;
        }
        Topic topic = message.topic();
        if (!signed) {
            remove(entry);
            entry.bringers().forEach(bringer -> state.scores.invalid(bringer, topic));
            entry.bringers().forEach(state::shedIfBad);
        } else if (!state.seen.add(entry.id(), state.now)) {
            remove(entry);
            for (PeerId bringer : entry.bringers()) {
                state.scores.duplicate(entry.id(), topic, bringer, state.now);
            }
        } else if (!authors.maySpeak(entry.author(), state.now)) {
            remove(entry);
        } else {
            entry.verified();
            tellOff(entry);
            state.out.add(
                    new Effect.Validate(
                            message, entry.id(), entry.author(), entry.bringers().getFirst()));
        }
    }

    /**
     * Tells the mesh not to send what we have, now that it is known to be the true message: a
     * forged one with its id must not keep it away.
     */
    private void tellOff(Pending.Entry entry) {
        if (entry.message().payloadSize() < UNWANTED_FROM) {
            return;
        }
        for (PeerId id : state.meshes.getOrDefault(entry.message().topic(), Set.of())) {
            PeerState peer = state.peers.get(id);
            if (peer != null && peer.version.knowsIDontWant() && !entry.bringers().contains(id)) {
                state.out.to(id).idontwant(List.of(entry.id()));
            }
        }
    }

    void validated(Message message, MessageId id, Verdict verdict) {
        Pending.Entry entry = pending.get(message);
        if (entry == null || !entry.isVerified()) {
            return;
        }
        remove(entry);
        Topic topic = message.topic();
        switch (verdict) {
            case ACCEPT -> {
                state.scores.accepted(id, topic, entry.bringers(), state.now);
                accept(entry);
            }
            case REJECT -> {
                state.scores.refused(id, topic, entry.bringers(), state.now);
                entry.bringers().forEach(state::shedIfBad);
            }
            case IGNORE -> {
                // Seen, and that is all.
            }
        }
    }

    private void accept(Pending.Entry entry) {
        Message message = entry.message();
        Set<PeerId> mesh = state.meshes.get(message.topic());
        if (mesh == null) {
            return; // we have left the topic meanwhile
        }
        state.out.add(
                new Effect.Deliver(
                        message, entry.id(), entry.author(), entry.bringers().getFirst()));
        state.cache.put(entry.id(), message);
        for (PeerId peer : mesh) {
            if (!entry.bringers().contains(peer) && !peer.equals(entry.author())) {
                send(peer, entry.id(), message);
            }
        }
    }

    private void send(PeerId id, MessageId messageId, Message message) {
        PeerState peer = state.peers.get(id);
        if (peer != null && peer.wants(messageId)) {
            state.out.to(id).message(message);
        }
    }

    private void remove(Pending.Entry entry) {
        pending.remove(entry);
        PeerState first = state.peers.get(entry.bringers().getFirst());
        if (first != null && first.pending > 0) {
            first.pending--;
        }
    }

    // ---- our own ----

    void publish(Message message) {
        MessageId id = state.config.ids().of(message);
        if (!state.seen.add(id, state.now)) {
            return;
        }
        state.cache.put(id, message);
        receivers(message.topic()).forEach(peer -> send(peer, id, message));
    }

    private Set<PeerId> receivers(Topic topic) {
        double least = state.config.thresholds().publish();
        if (state.params.floodPublish()) {
            return ids(state.subscribers(topic, peer -> state.score(peer.id) >= least));
        }
        Set<PeerId> mesh = state.meshes.get(topic);
        if (mesh == null) {
            return fanout(topic);
        }
        Set<PeerId> receivers = new LinkedHashSet<>(mesh);
        if (mesh.size() < state.params.degreeLow()) {
            fill(receivers, topic);
        }
        return receivers;
    }

    private Set<PeerId> fanout(Topic topic) {
        RouterState.Fanout fanout = state.fanouts.get(topic);
        if (fanout == null) {
            if (state.fanouts.size() >= MAX_FANOUTS) {
                dropOldestFanout();
            }
            fanout = new RouterState.Fanout();
            state.fanouts.put(topic, fanout);
        }
        fanout.lastPublished = state.now;
        fill(fanout.peers, topic);
        return fanout.peers;
    }

    private void dropOldestFanout() {
        state.fanouts.entrySet().stream()
                .min(
                        (a, b) ->
                                Long.compare(
                                        a.getValue().lastPublished - state.now,
                                        b.getValue().lastPublished - state.now))
                .ifPresent(oldest -> state.fanouts.remove(oldest.getKey()));
    }

    /** Adds random subscribers that we publish to, up to D. */
    private void fill(Set<PeerId> receivers, Topic topic) {
        double least = state.config.thresholds().publish();
        for (PeerState peer :
                state.subscribers(topic, candidate -> state.score(candidate.id) >= least)) {
            if (receivers.size() >= state.params.degree()) {
                return;
            }
            receivers.add(peer.id);
        }
    }

    private static Set<PeerId> ids(List<PeerState> peers) {
        Set<PeerId> ids = new LinkedHashSet<>();
        peers.forEach(peer -> ids.add(peer.id));
        return ids;
    }

    // ---- time ----

    /** Lets fanouts run out and fills those that are left. */
    void keepFanouts() {
        double least = state.config.thresholds().publish();
        long ttl = state.params.fanoutTtl().toNanos();
        state.fanouts.values().removeIf(fanout -> state.now - fanout.lastPublished > ttl);
        state.fanouts.forEach(
                (topic, fanout) -> {
                    fanout.peers.removeIf(
                            id -> {
                                PeerState peer = state.peers.get(id);
                                return peer == null
                                        || !peer.topics.contains(topic)
                                        || state.score(id) < least;
                            });
                    fill(fanout.peers, topic);
                });
    }

    void dropOverdue() {
        for (var late = pending.overdue(VERDICT_NANOS, state.now);
                late.isPresent();
                late = pending.overdue(VERDICT_NANOS, state.now)) {
            remove(late.get());
        }
    }
}
