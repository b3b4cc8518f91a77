package org.flowshield.libp2p.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flowshield.libp2p.kad.SimulatedNode.Manner;
import org.flowshield.libp2p.kad.exchange.RequestRefusedException;
import org.flowshield.libp2p.kad.lookup.Lookup;
import org.flowshield.libp2p.kad.lookup.LookupLimits;
import org.flowshield.libp2p.kad.routing.Contact;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.routing.Offer;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.Request;
import org.flowshield.libp2p.kad.wire.Response;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.simulation.VirtualTime;

/**
 * Many nodes in virtual time. What stands for the network is this class; tables, answers, records
 * and searches are the production code's. For one thread.
 */
final class SimulatedNetwork {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final int MIN_MILLIS = 20;
    private static final int MAX_MILLIS = 150;

    /** To learn that nobody is at an address. */
    private static final Duration REFUSED = Duration.ofMillis(100);

    /** What a client tries of a peer's addresses. */
    private static final int DIALS = 3;

    private final VirtualTime time = new VirtualTime();
    private final Random random;
    private final DhtOptions options;
    private final Map<Multiaddr, SimulatedNode> byAddress = new HashMap<>();
    final List<SimulatedNode> nodes = new ArrayList<>();
    private final Map<RecordKey, List<PeerInfo>> gangs = new HashMap<>();
    private final Map<RecordKey, List<PeerInfo>> decoys = new HashMap<>();
    private long requests;

    SimulatedNetwork(DhtOptions options, long seed) {
        this.options = options;
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    long requests() {
        return requests;
    }

    Instant now() {
        return START.plusNanos(time.nanos());
    }

    void pass(Duration duration) {
        time.pass(duration);
    }

    SimulatedNode add(PeerInfo info) {
        SimulatedNode node = new SimulatedNode(info, options, now());
        nodes.add(node);
        info.addresses().forEach(address -> byAddress.put(address, node));
        return node;
    }

    /** Takes a node out of the network, and out of everybody's table. */
    void leave(SimulatedNode node) {
        nodes.remove(node);
        node.info.addresses().forEach(byAddress::remove);
        nodes.forEach(other -> other.table.remove(node.peer()));
    }

    Optional<SimulatedNode> at(PeerInfo peer) {
        return peer.addresses().stream()
                .limit(DIALS)
                .flatMap(at -> Optional.ofNullable(byAddress.get(at)).stream())
                .filter(node -> node.peer().equals(peer.peer()))
                .findFirst();
    }

    SimulatedNode any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    SimulatedNode anyHonest() {
        while (true) {
            SimulatedNode node = any();
            if (node.manner == Manner.HONEST) {
                return node;
            }
        }
    }

    /** Joins through one peer: gets to know it, and looks for itself. */
    void join(SimulatedNode node, SimulatedNode through) {
        meet(node, through);
        search(
                node,
                new Request.FindNode(RecordKey.of(node.peer())),
                options.lookup(),
                (_, _) -> false,
                _ -> {});
    }

    /** Adds so many nodes, each in a network of its own, and lets them join. */
    void grow(int count) {
        for (int i = 0; i < count; i++) {
            SimulatedNode node = add(SomePeers.info(random, SomePeers.ip(nodes.size())));
            if (nodes.size() > 1) {
                join(node, nodes.get(random.nextInt(nodes.size() - 1)));
            }
            pass(Duration.ofSeconds(2));
        }
        pass(Duration.ofMinutes(1));
    }

    /** Makes every node honest again, without records. */
    void reform() {
        for (SimulatedNode node : nodes) {
            node.manner = Manner.HONEST;
            node.forget();
        }
        gangs.clear();
        decoys.clear();
    }

    /** Turns a share of the nodes; a third of them each drops, colludes and misleads. */
    void corrupt(double share) {
        List<SimulatedNode> all = new ArrayList<>(nodes);
        Collections.shuffle(all, random);
        Manner[] manners = {Manner.DROPS, Manner.COLLUDES, Manner.MISLEADS};
        for (int i = 0; i < share * nodes.size(); i++) {
            all.get(i).manner = manners[i % manners.length];
        }
    }

    /** What is done with an answer; true if that is enough. */
    interface Listener {
        boolean answered(PeerInfo from, Response answer);
    }

    void search(
            SimulatedNode from,
            Request request,
            LookupLimits limits,
            Listener listener,
            Consumer<Lookup> done) {
        KadId target = KadId.of(request.key());
        List<PeerInfo> seeds =
                from.table.closest(target, limits.replicas()).stream().map(Contact::info).toList();
        Lookup lookup = new Lookup(target, from.peer(), limits, seeds);
        Run run = new Run(from, request, lookup, limits, listener, done);
        run.go(lookup.start(now()));
    }

    /** One search under way. */
    private final class Run {
        private final SimulatedNode from;
        private final Request request;
        private final Lookup lookup;
        private final LookupLimits limits;
        private final Listener listener;
        private final Consumer<Lookup> done;
        private boolean over;

        Run(
                SimulatedNode from,
                Request request,
                Lookup lookup,
                LookupLimits limits,
                Listener listener,
                Consumer<Lookup> done) {
            this.from = from;
            this.request = request;
            this.lookup = lookup;
            this.limits = limits;
            this.listener = listener;
            this.done = done;
        }

        void go(List<PeerInfo> peers) {
            for (PeerInfo peer : peers) {
                time.after(limits.answerTime(), () -> step(() -> lookup.tick(now())));
                ask(peer);
            }
            if (lookup.isDone() && !over) {
                over = true;
                done.accept(lookup);
            }
        }

        private void step(Supplier<List<PeerInfo>> event) {
            if (!over) {
                go(event.get());
            }
        }

        private void ask(PeerInfo peer) {
            Optional<SimulatedNode> there = at(peer);
            if (there.isEmpty()) {
                time.after(REFUSED, () -> step(() -> failed(peer)));
                return;
            }
            SimulatedNode to = there.get();
            requests++;
            time.after(
                    delay(),
                    () ->
                            answer(from, to, request)
                                    .ifPresent(
                                            answer ->
                                                    time.after(
                                                            delay(),
                                                            () ->
                                                                    step(
                                                                            () ->
                                                                                    answered(
                                                                                            peer,
                                                                                            to,
                                                                                            answer)))));
        }

        private List<PeerInfo> failed(PeerInfo peer) {
            from.table.failed(peer.peer());
            return lookup.failed(peer.peer(), now());
        }

        private List<PeerInfo> answered(PeerInfo peer, SimulatedNode to, Response answer) {
            meet(from, to);
            boolean enough = listener.answered(peer, answer);
            List<PeerInfo> next =
                    lookup.answered(peer.peer(), answer.closer(), to.contact.network(), now());
            if (enough) {
                lookup.stop();
                return List.of();
            }
            return next;
        }
    }

    private Duration delay() {
        return Duration.ofMillis(MIN_MILLIS + random.nextInt(MAX_MILLIS - MIN_MILLIS));
    }

    /** One offers the other a place; whoever is to make room is checked, and here all answer. */
    void meet(SimulatedNode node, SimulatedNode other) {
        if (node.table.offer(other.contact, now()) instanceof Offer.Full full) {
            node.table.answered(full.oldest().peer(), now());
        }
    }

    /** What a node says to another; empty if it says nothing. */
    Optional<Response> answer(SimulatedNode from, SimulatedNode to, Request request) {
        meet(to, from);
        return switch (to.manner) {
            case DROPS -> Optional.empty();
            case COLLUDES -> Optional.of(lie(gangs.computeIfAbsent(request.key(), this::gang)));
            case MISLEADS ->
                    Optional.of(lie(decoys.computeIfAbsent(request.key(), this::atWrongAddresses)));
            case HONEST -> {
                try {
                    yield to.answers.answer(request, from.peer(), now());
                } catch (RequestRefusedException _) {
                    yield Optional.empty();
                }
            }
        };
    }

    private static Response lie(List<PeerInfo> closer) {
        return new Response(Optional.empty(), closer, List.of());
    }

    private List<PeerInfo> gang(RecordKey key) {
        return nodes.stream()
                .filter(node -> node.manner != Manner.HONEST)
                .sorted(Comparator.comparing(SimulatedNode::id, KadId.nearestTo(KadId.of(key))))
                .limit(options.table().bucketSize())
                .map(node -> node.info)
                .toList();
    }

    private List<PeerInfo> atWrongAddresses(RecordKey key) {
        return nearest(KadId.of(key), options.table().bucketSize()).stream()
                .map(
                        node ->
                                new PeerInfo(
                                        node.peer(),
                                        List.of(
                                                SomePeers.address(
                                                        "250.0.0." + (1 + random.nextInt(250))))))
                .toList();
    }

    /** The nodes that really are nearest, honest ones only, the nearest first. */
    List<SimulatedNode> nearest(KadId target, int count) {
        return nodes.stream()
                .filter(node -> node.manner == Manner.HONEST)
                .sorted(Comparator.comparing(SimulatedNode::id, KadId.nearestTo(target)))
                .limit(count)
                .toList();
    }
}
