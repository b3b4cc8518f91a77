package org.flowshield.node.swarm;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.PubSub;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The swarm on libp2p. Joining and leaving wait for each other, so that of two roles one opens the
 * host and both have it.
 */
public final class Libp2pSwarm implements Swarm {

    private final SwarmSettings settings;
    private final PrivateKey key;
    private final SecureRandom random;
    private final MachineAddresses machine;
    private final List<ProtocolBinding> common;
    private final Whereabouts whereabouts;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private volatile BooleanSupplier asksRouter = () -> true;

    // Guarded by this.
    private @Nullable Supplier<List<Multiaddr>> beginning;
    private List<Multiaddr> begunWith = List.of();
    private @Nullable OpenSwarm open;
    private int members;

    /**
     * A swarm that nobody is in: nothing listens.
     *
     * @param key of the node; stays the caller's to close, after the last role has left
     * @param random safe for any thread
     * @param common what the node serves whichever roles are in
     */
    public Libp2pSwarm(
            SwarmSettings settings,
            PrivateKey key,
            SecureRandom random,
            MachineAddresses machine,
            List<ProtocolBinding> common) {
        this(settings, isByOwnWord(settings, key), key, random, machine, common);
    }

    private static boolean isByOwnWord(SwarmSettings settings, PrivateKey key) {
        return settings.local()
                || Joining.others(settings.bootstrap(), PeerId.of(key.publicKey())).isEmpty();
    }

    /**
     * @param ownWord whether it is told where the node says that it is, proven or not
     */
    Libp2pSwarm(
            SwarmSettings settings,
            boolean ownWord,
            PrivateKey key,
            SecureRandom random,
            MachineAddresses machine,
            List<ProtocolBinding> common) {
        this.settings = settings;
        this.key = key;
        this.random = random;
        this.machine = machine;
        this.common = List.copyOf(common);
        this.whereabouts = new Whereabouts(ownWord, settings.announce());
    }

    /**
     * Leaves the router at home alone but while that is so: through a tunnel its owner's questions
     * would reach somebody else's router, or tell that this machine is there.
     *
     * @param when asked before each question, by any thread; never waits
     */
    public void askRouterOnlyWhile(BooleanSupplier when) {
        asksRouter = when;
    }

    /**
     * Begins with these nodes instead of those of the settings, from the next time on that the
     * first role joins.
     *
     * @param nodes asked each time; each ends in {@code /p2p/ID}
     */
    public synchronized void beginWith(Supplier<List<Multiaddr>> nodes) {
        beginning = nodes;
    }

    /** Whom it has begun with; empty while no role is in. */
    public synchronized Optional<List<Multiaddr>> begunWith() {
        return open == null ? Optional.empty() : Optional.of(begunWith);
    }

    private SwarmSettings now() {
        Supplier<List<Multiaddr>> nodes = beginning;
        if (nodes == null) {
            return settings;
        }
        SwarmSettings now = settings.beginningWith(nodes.get());
        whereabouts.begin(isByOwnWord(now, key));
        return now;
    }

    @Override
    public synchronized Membership join(List<Multiaddr> listen, List<ProtocolBinding> served)
            throws IOException {
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("a serving node listens somewhere");
        }
        OpenSwarm known = open;
        if (known != null) {
            return join(known, listen, served);
        }
        SwarmSettings now = now();
        OpenSwarm fresh =
                OpenSwarm.open(
                        now,
                        key,
                        random,
                        machine,
                        whereabouts,
                        common,
                        () -> asksRouter.getAsBoolean(),
                        this::changed);
        try {
            Membership first = join(fresh, listen, served);
            open = fresh;
            begunWith = now.bootstrap();
            fresh.start();
            return first;
        } catch (IOException | RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    private Membership join(OpenSwarm swarm, List<Multiaddr> listen, List<ProtocolBinding> served)
            throws IOException {
        Deque<ProtocolBinding> handled = new ArrayDeque<>();
        try {
            for (ProtocolBinding binding : served) {
                swarm.host().handle(binding);
                handled.push(binding);
            }
            List<Multiaddr> real = swarm.listen(listen);
            members++;
            swarm.moved();
            return new Member(swarm, real, served);
        } catch (IOException | RuntimeException e) {
            handled.forEach(swarm.host()::unhandle);
            throw e;
        }
    }

    private synchronized void leave(OpenSwarm swarm, List<Multiaddr> listening) {
        members--;
        if (members == 0) {
            open = null;
            swarm.close();
            boolean _ = whereabouts.listening(List.of());
        } else {
            swarm.unlisten(listening);
            swarm.moved();
        }
    }

    /**
     * Tells where this node is too, as was found out while it runs: by a port mapping, for
     * instance. In place of what was told so before.
     */
    public void announce(List<Multiaddr> addresses) {
        if (whereabouts.mapped(addresses)) {
            moved();
        }
    }

    /** What was done among peers since the first role joined; empty while none is in. */
    public Optional<SwarmCounts> counts() {
        OpenSwarm known;
        synchronized (this) {
            known = open;
        }
        return Optional.ofNullable(known).map(OpenSwarm::counts);
    }

    private synchronized void moved() {
        OpenSwarm known = open;
        if (known != null) {
            known.moved();
        }
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /** A role that is in. */
    private final class Member implements Membership {

        private final OpenSwarm swarm;
        private final List<Multiaddr> listening;

        // Guarded by this.
        private final Deque<Runnable> endings = new ArrayDeque<>();
        private boolean left;

        Member(OpenSwarm swarm, List<Multiaddr> listening, List<ProtocolBinding> served) {
            this.swarm = swarm;
            this.listening = List.copyOf(listening);
            served.forEach(binding -> endings.push(() -> swarm.host().unhandle(binding)));
        }

        @Override
        public Host host() {
            return swarm.host();
        }

        @Override
        public Identify identify() {
            return swarm.identify();
        }

        @Override
        public Dht dht() {
            return swarm.dht();
        }

        @Override
        public PubSub pubsub() {
            return swarm.pubsub();
        }

        @Override
        public synchronized void serve(ProtocolBinding binding) {
            requireIn();
            swarm.host().handle(binding);
            endings.push(() -> swarm.host().unhandle(binding));
            swarm.identify().changed();
        }

        @Override
        public synchronized Following follow(
                Topic topic, Validator validator, Consumer<ReceivedMessage> reader) {
            requireIn();
            Following following = swarm.topics().follow(topic, validator, reader);
            endings.push(following::close);
            return following;
        }

        @Override
        public List<Multiaddr> addresses() {
            return whereabouts.candidates();
        }

        @Override
        public List<Multiaddr> advertised() {
            return whereabouts.advertised();
        }

        @Override
        public Reach reach() {
            return swarm.reach();
        }

        @Override
        public List<MappedPort> ports() {
            return swarm.ports();
        }

        @Override
        public synchronized void onChange(Runnable listener) {
            requireIn();
            listeners.add(listener);
            endings.push(() -> listeners.remove(listener));
        }

        private void requireIn() {
            if (left) {
                throw new IllegalStateException("this role has left the swarm");
            }
        }

        @Override
        public void close() {
            synchronized (this) {
                if (left) {
                    return;
                }
                left = true;
                endings.forEach(Runnable::run);
                endings.clear();
            }
            leave(swarm, listening);
        }
    }
}
