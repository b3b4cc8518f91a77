package org.flowshield.libp2p.pubsub.score;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The scores of peers, P1 to P7 of gossipsub 1.1. Times are nanoseconds of any clock that does not
 * go back. For one thread at a time.
 */
public final class PeerScores {

    /** Peers that left with a bad score and are remembered; the one that left first gives way. */
    static final int MAX_RETAINED = 4_096;

    /** Messages whose copies are still counted; the oldest gives way. */
    static final int MAX_DELIVERIES = 16_384;

    /** Copies later than this count for nothing, whatever a topic's window. */
    private static final long DELIVERY_NANOS = 30_000_000_000L;

    private enum Outcome {
        ACCEPTED,
        REFUSED
    }

    /** A message that was decided on, and who has been counted for it. */
    private record Delivery(Outcome outcome, long at, Set<PeerId> counted) {}

    private static final class Peer {
        private final Map<Topic, TopicStats> topics = new HashMap<>();
        private String address = "";
        private double breaches;
        private boolean connected;
        private long forgottenAt;
    }

    private final ScoreParams params;
    private final ToDoubleFunction<PeerId> application;
    private final Map<PeerId, Peer> peers = new LinkedHashMap<>();
    private final Map<String, Set<PeerId>> byAddress = new HashMap<>();
    private final Map<MessageId, Delivery> deliveries = new LinkedHashMap<>();
    private int retained;

    /**
     * @param application P5, what the application thinks of a peer; quick, and never throws
     */
    public PeerScores(ScoreParams params, ToDoubleFunction<PeerId> application) {
        this.params = params;
        this.application = application;
    }

    // ---- who is there ----

    /**
     * A peer is connected.
     *
     * @param address what peers at one place have in common; empty for none
     */
    public void arrived(PeerId id, String address) {
        Peer peer = peers.computeIfAbsent(id, unknown -> new Peer());
        if (!peer.connected && peer.forgottenAt != 0) {
            retained--;
        }
        peer.connected = true;
        leaveAddress(id, peer);
        peer.address = address;
        if (!address.isEmpty()) {
            byAddress.computeIfAbsent(address, first -> new HashSet<>()).add(id);
        }
    }

    /** A peer is gone: what was good is forgotten at once, what was bad is kept for a while. */
    public void left(PeerId id, long now) {
        Peer peer = peers.get(id);
        if (peer == null || !peer.connected) {
            return;
        }
        peer.topics.values().forEach(TopicStats::left);
        peer.connected = false;
        if (score(id, now) >= 0) {
            forget(id, peer);
            return;
        }
        peer.forgottenAt = Math.max(1, now + params.retain().toNanos());
        peers.remove(id);
        peers.put(id, peer); // behind those that left before
        retained++;
        dropOldestRetained();
    }

    private void dropOldestRetained() {
        Iterator<Map.Entry<PeerId, Peer>> oldest = peers.entrySet().iterator();
        while (retained > MAX_RETAINED && oldest.hasNext()) {
            Map.Entry<PeerId, Peer> entry = oldest.next();
            if (!entry.getValue().connected) {
                leaveAddress(entry.getKey(), entry.getValue());
                oldest.remove();
                retained--;
            }
        }
    }

    private void forget(PeerId id, Peer peer) {
        leaveAddress(id, peer);
        peers.remove(id);
    }

    private void leaveAddress(PeerId id, Peer peer) {
        Set<PeerId> there = byAddress.get(peer.address);
        if (there != null) {
            there.remove(id);
            if (there.isEmpty()) {
                byAddress.remove(peer.address);
            }
        }
    }

    // ---- what they do ----

    public void grafted(PeerId id, Topic topic, long now) {
        TopicStats stats = stats(id, topic);
        if (stats != null) {
            stats.grafted(now);
        }
    }

    public void pruned(PeerId id, Topic topic) {
        TopicStats stats = stats(id, topic);
        if (stats != null) {
            stats.pruned();
        }
    }

    /**
     * A message was found good.
     *
     * @param bringers those who brought it until then, the first one first
     */
    public void accepted(MessageId id, Topic topic, List<PeerId> bringers, long now) {
        for (int i = 0; i < bringers.size(); i++) {
            TopicStats stats = stats(bringers.get(i), topic);
            if (stats != null && i == 0) {
                stats.firstDelivery();
            } else if (stats != null) {
                stats.meshDelivery();
            }
        }
        remember(id, new Delivery(Outcome.ACCEPTED, now, new HashSet<>(bringers)));
    }

    /** A message was refused; whoever brought it should have known, and who brings it later too. */
    public void refused(MessageId id, Topic topic, List<PeerId> bringers, long now) {
        bringers.forEach(bringer -> invalid(bringer, topic));
        remember(id, new Delivery(Outcome.REFUSED, now, new HashSet<>(bringers)));
    }

    /** A peer brought what cannot be a message of anybody's. */
    public void invalid(PeerId id, Topic topic) {
        TopicStats stats = stats(id, topic);
        if (stats != null) {
            stats.invalidMessage();
        }
    }

    /** A peer brought a message that was decided on before. */
    public void duplicate(MessageId id, Topic topic, PeerId bringer, long now) {
        Delivery delivery = deliveries.get(id);
        if (delivery == null || !delivery.counted.add(bringer)) {
            return;
        }
        TopicStats stats = stats(bringer, topic);
        if (stats == null) {
            return;
        }
        switch (delivery.outcome) {
            case ACCEPTED -> {
                if (now - delivery.at <= params.of(topic).meshDeliveries().window().toNanos()) {
                    stats.meshDelivery();
                }
            }
            case REFUSED -> stats.invalidMessage();
        }
    }

    /** P7: a peer broke the protocol, {@code times} so often. */
    public void breach(PeerId id, double times) {
        Peer peer = peers.get(id);
        if (peer != null) {
            peer.breaches += times;
        }
    }

    private void remember(MessageId id, Delivery delivery) {
        deliveries.put(id, delivery);
        if (deliveries.size() > MAX_DELIVERIES) {
            Iterator<MessageId> oldest = deliveries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private @Nullable TopicStats stats(PeerId id, Topic topic) {
        Peer peer = peers.get(id);
        return peer == null
                ? null
                : peer.topics.computeIfAbsent(topic, t -> new TopicStats(params.of(t)));
    }

    /** Lets counters shrink, once every {@link ScoreParams#decayInterval}. */
    public void decay(long now) {
        Iterator<Map.Entry<PeerId, Peer>> all = peers.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<PeerId, Peer> entry = all.next();
            Peer peer = entry.getValue();
            if (!peer.connected) {
                // The scores of those who are away stand still, or leaving would heal them.
                if (now - peer.forgottenAt > 0) {
                    leaveAddress(entry.getKey(), peer);
                    all.remove();
                    retained--;
                }
                continue;
            }
            peer.breaches =
                    TopicStats.shrink(peer.breaches, params.behaviourDecay(), params.decayToZero());
            peer.topics.values().forEach(stats -> stats.decay(now, params.decayToZero()));
        }
        Iterator<Delivery> oldest = deliveries.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at > DELIVERY_NANOS) {
            oldest.remove();
        }
    }

    // ---- what they are worth ----

    /** A peer's score; that of one who is not known is zero. */
    public double score(PeerId id, long now) {
        Peer peer = peers.get(id);
        if (peer == null) {
            return 0;
        }
        double topics = 0;
        for (TopicStats stats : peer.topics.values()) {
            topics += stats.score(now);
        }
        return Math.min(topics, params.topicCap())
                + params.applicationWeight() * application.applyAsDouble(id)
                + params.colocationWeight() * colocation(peer)
                + params.behaviourWeight() * excess(peer.breaches, params.behaviourThreshold());
    }

    private double colocation(Peer peer) {
        Set<PeerId> there = byAddress.get(peer.address);
        return there == null ? 0 : excess(there.size(), params.colocationThreshold());
    }

    private static double excess(double count, double threshold) {
        double above = Math.max(0, count - threshold);
        return above * above;
    }
}
