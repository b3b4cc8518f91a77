package org.flowshield.node.swarm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.PubSub;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.Subscription;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.swarm.Swarm.Following;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics that several roles hear: one subscription of each, as long as anybody does. Guarded by
 * itself; readers run on one virtual thread a topic.
 */
final class Topics {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    /** One who hears. */
    private record Follower(Validator validator, Consumer<ReceivedMessage> reader) {}

    /** One topic. */
    private record Shared(Subscription subscription, CopyOnWriteArrayList<Follower> followers) {}

    private final PubSub pubsub;
    private final Map<Topic, Shared> shared = new HashMap<>();

    Topics(PubSub pubsub) {
        this.pubsub = pubsub;
    }

    synchronized Following follow(
            Topic topic, Validator validator, Consumer<ReceivedMessage> reader) {
        Follower follower = new Follower(validator, reader);
        Shared known = shared.get(topic);
        if (known != null) {
            known.followers().add(follower);
        } else {
            shared.put(topic, begin(topic, follower));
        }
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                unfollow(topic, follower);
            }
        };
    }

    /** Who is in the meshes of these topics. */
    List<PeerId> mesh() {
        List<Topic> all;
        synchronized (this) {
            all = List.copyOf(shared.keySet());
        }
        return all.stream().flatMap(topic -> pubsub.mesh(topic).stream()).toList();
    }

    private Shared begin(Topic topic, Follower first) {
        CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>(List.of(first));
        Subscription subscription = pubsub.join(topic, message -> verdict(followers, message));
        Thread.ofVirtual()
                .name("topic " + topic)
                .start(() -> subscription.forEach(message -> read(followers, message)));
        return new Shared(subscription, followers);
    }

    /** The first who does not accept decides: what one role can't use is not passed on. */
    private static Verdict verdict(List<Follower> followers, ReceivedMessage message)
            throws InterruptedException {
        for (Follower follower : followers) {
            Verdict verdict = follower.validator().validate(message);
            if (verdict != Verdict.ACCEPT) {
                return verdict;
            }
        }
        return Verdict.ACCEPT;
    }

    private static void read(List<Follower> followers, ReceivedMessage message) {
        for (Follower follower : followers) {
            try {
                follower.reader().accept(message);
            } catch (RuntimeException e) {
                // The others hear it all the same.
                LOG.error("a reader of {} failed", message.topic(), e);
            }
        }
    }

    private synchronized void unfollow(Topic topic, Follower follower) {
        Shared known = shared.get(topic);
        if (known != null && known.followers().remove(follower) && known.followers().isEmpty()) {
            shared.remove(topic);
            known.subscription().close();
        }
    }
}
