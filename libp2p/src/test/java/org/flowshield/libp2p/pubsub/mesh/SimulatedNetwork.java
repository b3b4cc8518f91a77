package org.flowshield.libp2p.pubsub.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.StrictSign;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.libp2p.simulation.VirtualTime;
import org.jspecify.annotations.Nullable;

/**
 * Many nodes that run the production router in virtual time, connected at random. An RPC takes 10
 * to 100 ms, in order, and is lost with a given probability; only what tells subscriptions is not,
 * because a stream that loses those is no connection. Signatures are real, each verified once.
 */
final class SimulatedNetwork {

    static final Topic NEWS = new Topic("news");

    private static final Duration VERIFYING = Duration.ofMillis(1);
    private static final Duration HEARTBEAT = RouterConfig.DEFAULT.gossip().heartbeat();
    private static final int LEAST_DELAY_MICROS = 10_000;
    private static final int MOST_DELAY_MICROS = 100_000;

    /** What surrounds a message in an RPC, about. */
    private static final int OVERHEAD = 150;

    final VirtualTime time = new VirtualTime();
    final Random random;
    final List<Node> nodes = new ArrayList<>();
    private final Map<PeerId, Node> byId = new HashMap<>();
    private final double loss;
    private final Predicate<Message> good;
    private final Map<Message, Boolean> signatures = new HashMap<>();
    private final Map<Message, Long> published = new HashMap<>();

    /** By message: after how many nanoseconds each node had it. */
    private final Map<Message, List<Long>> deliveries = new HashMap<>();

    long rpcs;
    long verifications;

    /**
     * @param dials how many others each node dials
     * @param good what every node's application accepts
     */
    SimulatedNetwork(int count, int dials, double loss, long seed, Predicate<Message> good) {
        this.random = new Random(seed);
        this.loss = loss;
        this.good = good;
        for (PrivateKey key : TestPeers.keys(count, seed)) {
            Node node = new Node(key, true);
            nodes.add(node);
            byId.put(node.id, node);
        }
        for (Node node : nodes) {
            node.act(new Event.Join(NEWS));
            connect(node, dials);
            long phase = random.nextLong(HEARTBEAT.toNanos());
            time.after(Duration.ofNanos(phase), node::heartbeat);
        }
    }

    /** A node that does what a test says, and has no router. */
    Node attacker(PrivateKey key, int dials) {
        Node attacker = new Node(key, false);
        byId.put(attacker.id, attacker);
        connect(attacker, dials);
        return attacker;
    }

    private void connect(Node node, int dials) {
        while (node.dialled < dials) {
            Node other = nodes.get(random.nextInt(nodes.size()));
            if (!other.equals(node) && !node.links.containsKey(other)) {
                node.dialled++;
                node.links.put(other, new Pipe());
                other.links.put(node, new Pipe());
                node.act(new Event.Arrived(other.id, Version.V1_2, true, ""));
                other.act(new Event.Arrived(node.id, Version.V1_2, false, ""));
            }
        }
    }

    /** A random node publishes. */
    void publish(byte[] data) {
        Node author = nodes.get(random.nextInt(nodes.size()));
        Message message = StrictSign.sign(author.key, ++author.seqno, NEWS, data);
        published.put(message, time.nanos());
        deliveries.put(message, new ArrayList<>());
        author.act(new Event.Publish(message));
    }

    /** The part of all nodes that had what was published within this time, over all messages. */
    double delivered(Duration within) {
        long wanted = (long) published.size() * (nodes.size() - 1);
        long came = 0;
        for (List<Long> times : deliveries.values()) {
            came += times.stream().filter(nanos -> nanos <= within.toNanos()).count();
        }
        return (double) came / wanted;
    }

    /** After how many milliseconds this part of all deliveries that came had come. */
    double quantileMillis(double part) {
        long[] all =
                deliveries.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Long::longValue)
                        .toArray();
        Arrays.sort(all);
        return all[(int) (part * (all.length - 1))] / 1e6;
    }

    /** One direction of a connection. */
    static final class Pipe {
        private long last;
    }

    /** A participant. */
    final class Node {

        final PrivateKey key;
        final PeerId id;
        final Map<Node, Pipe> links = new LinkedHashMap<>();
        final @Nullable Router router;
        private final Set<Node> shunnedBy = new HashSet<>();
        private int dialled;
        private long seqno;

        private Node(PrivateKey key, boolean honest) {
            this.key = key;
            this.id = TestPeers.id(key);
            this.router =
                    honest
                            ? new Router(
                                    id,
                                    RouterConfig.DEFAULT,
                                    peer -> 0,
                                    peer -> Optional.empty(),
                                    new Random(random.nextLong()),
                                    time.nanos())
                            : null;
        }

        /** How many have thrown this one out. */
        int shunned() {
            return shunnedBy.size();
        }

        private void heartbeat() {
            act(new Event.Heartbeat());
            time.after(HEARTBEAT, this::heartbeat);
        }

        void act(Event event) {
            if (router != null) {
                router.next(event, time.nanos()).forEach(this::perform);
            }
        }

        private void perform(Effect effect) {
            switch (effect) {
                case Effect.Send send -> send(node(send.peer()), send.rpc());
                case Effect.Verify verify -> verify(verify.claimed());
                case Effect.Validate validate -> {
                    Verdict verdict =
                            good.test(validate.message()) ? Verdict.ACCEPT : Verdict.REJECT;
                    time.after(
                            VERIFYING,
                            () ->
                                    act(
                                            new Event.Validated(
                                                    validate.message(), validate.id(), verdict)));
                }
                case Effect.Deliver deliver -> {
                    Long since = published.get(deliver.message());
                    if (since != null) {
                        deliveries
                                .computeIfAbsent(deliver.message(), first -> new ArrayList<>())
                                .add(time.nanos() - since);
                    }
                }
                case Effect.Shed shed -> {
                    Node peer = node(shed.peer());
                    peer.shunnedBy.add(this);
                    links.remove(peer);
                    if (peer.links.remove(this) != null) {
                        peer.act(new Event.Left(id));
                    }
                }
                case Effect.Connect _ -> throw new AssertionError("peer exchange is off");
            }
        }

        private Node node(PeerId peer) {
            Node node = byId.get(peer);
            if (node == null) {
                throw new AssertionError("nobody is " + peer);
            }
            return node;
        }

        private void verify(StrictSign.Claimed claimed) {
            verifications++;
            boolean signed =
                    signatures.computeIfAbsent(claimed.message(), first -> claimed.isSigned());
            time.after(VERIFYING, () -> act(new Event.Verified(claimed.message(), signed)));
        }

        void send(Node to, Rpc rpc) {
            Pipe pipe = links.get(to);
            if (pipe == null) {
                return;
            }
            rpcs++;
            if (rpc.subscriptions().isEmpty() && random.nextDouble() < loss) {
                return;
            }
            int bytes = rpc.messages().stream().mapToInt(Message::payloadSize).sum() + OVERHEAD;
            long micros = random.nextInt(LEAST_DELAY_MICROS, MOST_DELAY_MICROS);
            pipe.last = Math.max(pipe.last, time.nanos() + micros * 1000);
            time.after(
                    Duration.ofNanos(pipe.last - time.nanos()),
                    () -> {
                        if (to.links.containsKey(this)) {
                            to.act(new Event.Received(id, rpc, bytes));
                        }
                    });
        }
    }
}
