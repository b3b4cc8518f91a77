package org.flowshield.node.finder;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.proof.BlockHeader;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.identity.chain.ProvenRegistry;
import org.flowshield.node.identity.proofs.RemoteWitness;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fullnodes that are asked for proofs of the registry: the nodes to begin with, and others that the
 * DHT knows. They are dialled when they are asked, by a key that is thrown away when nobody asked
 * for a while, and none of them is believed. Who lies, or is silent, makes room for others. Safe
 * for use by any thread; asking a witness waits for it, getting them does not.
 */
public final class ProofFullnodes implements Supplier<List<ProvenRegistry.Witness>>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProofFullnodes.class);

    /** One may lie and one be gone; their answers come at the same time. */
    static final int ASKED = 3;

    /** Of the DHT; the oldest is forgotten. */
    private static final int MOST_FOUND = 16;

    /** A client asks when it looks for providers, and when it connects: some seconds apart. */
    static final Duration KEPT = Duration.ofSeconds(20);

    /** Longer than a fullnode waits for a chain that answers. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** It may not have heard of the newest block yet. */
    static final Duration ASIDE = Duration.ofSeconds(5);

    /** It can't be reached; the way to it may be another soon. */
    private static final Duration UNREACHED = Duration.ofSeconds(30);

    private static final Duration LIED = Duration.ofMinutes(10);

    private static final Duration FIND = Duration.ofSeconds(3);
    private static final Duration FIND_AGAIN = Duration.ofMinutes(1);

    private final Finder.Settings settings;
    private final Search.Maker searches;
    private final IntSupplier mark;
    private final Beginning beginning;
    private final LongSupplier nanoTime;

    // All below guarded by this.
    private List<Multiaddr> told = List.of();

    /** By the nodes to begin with, in their order. */
    private List<Fullnode> first = List.of();

    private final Map<PeerId, Fullnode> found =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<PeerId, Fullnode> eldest) {
                    return size() > MOST_FOUND;
                }
            };

    private @Nullable Search search;
    private int searchMark;
    private long lastUsed;
    private long findAfter;
    private boolean closed;

    /**
     * @param mark of a socket that is opened now
     * @param agent name and version that peers are told, {@code name/version}
     * @param beginning those that are asked, and whom to begin with when others are looked for
     * @param nanoTime monotonic
     */
    public ProofFullnodes(
            Finder.Settings settings,
            SecureRandom random,
            IntSupplier mark,
            String agent,
            Beginning beginning,
            Clock clock,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.searches = new Search.Maker(random, mark, settings.dht(), agent, clock);
        this.mark = mark;
        this.beginning = beginning;
        this.nanoTime = nanoTime;
        this.findAfter = nanoTime.getAsLong();
    }

    /** Those to begin with, made anew when others are. */
    private List<Fullnode> first() {
        List<Multiaddr> now = beginning.told();
        if (!now.equals(told)) {
            Map<PeerId, List<Multiaddr>> begin = new LinkedHashMap<>();
            for (Multiaddr address : now) {
                address.peerId()
                        .ifPresent(
                                peer ->
                                        begin.computeIfAbsent(peer, _ -> new ArrayList<>())
                                                .add(address));
            }
            told = List.copyOf(now);
            List<Fullnode> made = new ArrayList<>();
            begin.forEach((peer, addresses) -> made.add(new Fullnode(peer, addresses)));
            first = made;
        }
        return first;
    }

    /** Those that are to be asked now; looks for others behind that if they are few. */
    @Override
    public synchronized List<ProvenRegistry.Witness> get() {
        long now = nanoTime.getAsLong();
        List<Fullnode> all = new ArrayList<>(first());
        all.addAll(found.values());
        List<ProvenRegistry.Witness> asked = new ArrayList<>();
        for (Fullnode each : all) {
            if (asked.size() < ASKED && !each.isAside(now)) {
                asked.add(each);
            }
        }
        if (asked.size() < ASKED && !beginning.knowsNobody() && now - findAfter >= 0 && !closed) {
            findAfter = now + FIND_AGAIN.toNanos();
            Thread.ofVirtual().name("proofs-find").start(this::findOthers);
        }
        return asked;
    }

    /** One of them. */
    private final class Fullnode implements ProvenRegistry.Witness {

        private final PeerId peer;
        private final List<Multiaddr> addresses;

        /** It is dialled once, whoever asks at the same time. */
        private final ReentrantLock dialling = new ReentrantLock();

        private volatile @Nullable Long asideUntil;

        Fullnode(PeerId peer, List<Multiaddr> addresses) {
            this.peer = peer;
            this.addresses = List.copyOf(addresses);
        }

        boolean isAside(long now) {
            Long until = asideUntil;
            return until != null && now - until < 0;
        }

        private void aside(Duration time) {
            asideUntil = nanoTime.getAsLong() + time.toNanos();
        }

        @Override
        public Optional<byte[]> header(ProvenRegistry.Block block) {
            return ask(witness -> witness.header(block));
        }

        @Override
        public Optional<StorageProof> proof(EvmAddress contract, Bytes32 slot, BlockHeader at) {
            return ask(witness -> witness.proof(contract, slot, at));
        }

        @Override
        public void lied(String what) {
            LOG.warn("the fullnode {} is not asked for proofs for a while: {}", peer, what);
            aside(LIED);
        }

        private <T> Optional<T> ask(Function<RemoteWitness, Optional<T>> question) {
            try {
                Optional<T> answer = question.apply(new RemoteWitness(connection(), ANSWER));
                if (answer.isEmpty()) {
                    aside(ASIDE);
                }
                return answer;
            } catch (IOException e) {
                LOG.debug("the fullnode {} can't be asked for proofs: {}", peer, e.getMessage());
                aside(UNREACHED);
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        private Connection connection() throws IOException, InterruptedException {
            dialling.lockInterruptibly();
            try {
                Search by = search();
                List<Multiaddr> dialable = new ArrayList<>();
                for (Multiaddr address : addresses) {
                    dialable.addAll(beginning.dialable(address));
                }
                return by.connect(dialable);
            } finally {
                dialling.unlock();
            }
        }
    }

    /** Goes the way that is right now. */
    private synchronized Search search() throws IOException {
        if (closed) {
            throw new IOException("the node stops");
        }
        int now = mark.getAsInt();
        if (search != null && searchMark != now) {
            drop();
        }
        lastUsed = nanoTime.getAsLong();
        Search there = search;
        if (there != null) {
            return there;
        }
        Search opened = searches.open();
        search = opened;
        searchMark = now;
        Thread.ofVirtual().name("proofs-kept").start(() -> closeWhenIdle(opened));
        return opened;
    }

    private void closeWhenIdle(Search opened) {
        try {
            while (true) {
                Thread.sleep(KEPT);
                synchronized (this) {
                    if (search != opened) {
                        return;
                    }
                    if (nanoTime.getAsLong() - lastUsed >= KEPT.toNanos()) {
                        drop();
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    private void findOthers() {
        try {
            Search by = search();
            boolean _ = beginning.join(by, beginning.resolved(), FIND);
            for (PeerInfo one :
                    by.dht().findProviders(settings.network().fullnodes(), 2 * ASKED, FIND)) {
                take(one);
            }
        } catch (IOException e) {
            LOG.debug("no fullnodes for proofs are found in the DHT: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    private synchronized void take(PeerInfo one) {
        List<Multiaddr> addresses =
                settings.policy().of(one.addresses()).stream()
                        .filter(Multiaddr::isTcp)
                        .map(at -> at.withPeer(one.peer()))
                        .toList();
        boolean isNew = first.stream().noneMatch(known -> known.peer.equals(one.peer()));
        if (isNew && !addresses.isEmpty()) {
            var _ = found.putIfAbsent(one.peer(), new Fullnode(one.peer(), addresses));
        }
    }

    /** Connections of another way than that of now are not gone on with. Does not wait. */
    public synchronized void drop() {
        if (search != null) {
            search.close();
            search = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        drop();
    }
}
