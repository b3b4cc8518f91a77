package org.flowshield.node.fullnode;

import com.google.protobuf.ByteString;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.node.directory.DirectoryAnswer.Told;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.directory.TokenBuckets;
import org.flowshield.node.fullnode.index.Admitted;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.fullnode.standing.Standings;
import org.flowshield.node.fullnode.standing.Vouched;
import org.flowshield.node.fullnode.sync.Local;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.heartbeat.MalformedHeartbeatException;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.MalformedListingException;
import org.flowshield.node.market.listing.SignedListing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way into the index: what comes by gossip or from other fullnodes is held at its rates,
 * then verified, then looked up on chain, the cheapest first. Safe for use by any thread; waits for
 * the chain.
 */
public final class Intake implements Local {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** A provider beats each 10 s; two may come late together. */
    static final double BEATS_AT_ONCE = 3;

    static final double BEATS_PER_SECOND = 0.2;

    /** A provider that moves about tells a new listing a few times. */
    static final double LISTINGS_AT_ONCE = 4;

    static final double LISTINGS_PER_SECOND = 0.1;

    /** All together: checking that many signatures takes most of a processor. */
    static final double ALL_BEATS_PER_SECOND = 4_000;

    /** A million providers that renew their offers each twenty minutes make 830. */
    static final double ALL_LISTINGS_PER_SECOND = 1_000;

    static final double ALL_LISTINGS_AT_ONCE = 4_000;

    /**
     * Of who is not listed, by one peer: keys cost nothing, and each makes the chain be asked. A
     * market in which two join each second grows by a million in six days.
     */
    static final double STRANGERS_PER_SECOND = 2;

    static final double STRANGERS_AT_ONCE = 20;

    /** The same by all peers: what an RPC answers beside all else. */
    static final double ALL_STRANGERS_PER_SECOND = 20;

    static final double ALL_STRANGERS_AT_ONCE = 200;

    /** Peers that bring something; a host has some hundred connections. */
    private static final int MOST_BRINGERS = 4_096;

    private static final int MOST_AUTHORS = 1 << 20;

    /** Questions to the chain at a time, while many records come at once. */
    private static final int ASKED_AT_A_TIME = 16;

    /** What became of something that came. */
    public enum Fate {
        TAKEN,
        /** Told before, or too late. */
        OLD,
        /** Too much of it: not even looked at. */
        TOO_MUCH,
        /** Of somebody who is not listed. */
        STRANGER,
        /** Not what providers sign, or of another network. */
        LIE,
        /** The chain does not vouch for it. */
        NOT_VOUCHED,
        /** The chain can't be asked. */
        UNSURE,
        /** No room. */
        FULL
    }

    private final MarketNetwork network;
    private final Index index;
    private final Standings standings;
    private final InstantSource time;
    private final TokenBuckets<PeerId> beats;
    private final TokenBuckets<PeerId> listings;
    private final TokenBuckets<String> all;
    private final TokenBuckets<String> allListings;
    private final TokenBuckets<PeerId> strangers;
    private final TokenBuckets<String> allStrangers;
    private final Semaphore asking = new Semaphore(ASKED_AT_A_TIME, true);
    private final Map<Fate, LongAdder> listingFates = new EnumMap<>(Fate.class);
    private final Map<Fate, LongAdder> beatFates = new EnumMap<>(Fate.class);

    /**
     * @param nanoTime monotonic
     */
    public Intake(
            MarketNetwork network,
            Index index,
            Standings standings,
            InstantSource time,
            LongSupplier nanoTime) {
        this.network = network;
        this.index = index;
        this.standings = standings;
        this.time = time;
        beats = new TokenBuckets<>(BEATS_AT_ONCE, BEATS_PER_SECOND, MOST_AUTHORS, nanoTime);
        listings =
                new TokenBuckets<>(LISTINGS_AT_ONCE, LISTINGS_PER_SECOND, MOST_AUTHORS, nanoTime);
        all = new TokenBuckets<>(ALL_BEATS_PER_SECOND, ALL_BEATS_PER_SECOND, 1, nanoTime);
        allListings =
                new TokenBuckets<>(ALL_LISTINGS_AT_ONCE, ALL_LISTINGS_PER_SECOND, 1, nanoTime);
        strangers =
                new TokenBuckets<>(
                        STRANGERS_AT_ONCE, STRANGERS_PER_SECOND, MOST_BRINGERS, nanoTime);
        allStrangers =
                new TokenBuckets<>(ALL_STRANGERS_AT_ONCE, ALL_STRANGERS_PER_SECOND, 1, nanoTime);
        for (Fate fate : Fate.values()) {
            listingFates.put(fate, new LongAdder());
            beatFates.put(fate, new LongAdder());
        }
    }

    // ---- by gossip ----

    /** A listing that its provider published. */
    public Verdict listing(ReceivedMessage message) throws InterruptedException {
        return verdict(
                counted(
                        listingFates,
                        listing(message.author(), message.bringer(), message.data())));
    }

    private Fate listing(PeerId author, PeerId bringer, byte[] data) throws InterruptedException {
        if (data.length > SignedListing.MAX_LENGTH) {
            return Fate.LIE;
        }
        if (!mayTell(author, bringer)) {
            return Fate.TOO_MUCH;
        }
        SignedListing listing;
        try {
            listing = SignedListing.open(data);
        } catch (MalformedListingException e) {
            return Fate.LIE;
        }
        if (!listing.peer().equals(author)) {
            return Fate.LIE;
        }
        asking.acquire();
        try {
            return take(listing);
        } finally {
            asking.release();
        }
    }

    /** What strangers tell takes nothing of the rates of those who are listed. */
    private boolean mayTell(PeerId author, PeerId bringer) {
        return NodeKey.of(author).filter(index::knows).isPresent()
                ? listings.take(author) && allListings.take("")
                : strangers.take(bringer) && allStrangers.take("") && listings.take(author);
    }

    /** A heartbeat that its provider published. */
    public Verdict heartbeat(ReceivedMessage message) {
        return verdict(counted(beatFates, heartbeat(message.author(), message.data())));
    }

    /** Before its signature is checked its sender is known, and within its rate. */
    Fate heartbeat(PeerId author, byte[] data) {
        if (data.length > SignedHeartbeat.MAX_LENGTH) {
            return Fate.LIE;
        }
        if (NodeKey.of(author).filter(index::knows).isEmpty()) {
            return Fate.STRANGER;
        }
        if (!beats.take(author) || !all.take("")) {
            return Fate.TOO_MUCH;
        }
        SignedHeartbeat heartbeat;
        try {
            heartbeat = SignedHeartbeat.open(data);
        } catch (MalformedHeartbeatException e) {
            return Fate.LIE;
        }
        return heartbeat.node().peer().equals(author) ? hear(heartbeat) : Fate.LIE;
    }

    private Fate hear(SignedHeartbeat heartbeat) {
        return switch (index.hear(heartbeat, time.instant())) {
            case ACCEPTED -> Fate.TAKEN;
            case OLD, NOT_NOW -> Fate.OLD;
            case FULL -> Fate.FULL;
        };
    }

    private static Verdict verdict(Fate fate) {
        return switch (fate) {
            case TAKEN -> Verdict.ACCEPT;
            case OLD, TOO_MUCH, STRANGER, NOT_VOUCHED, UNSURE, FULL -> Verdict.IGNORE;
            case LIE -> Verdict.REJECT;
        };
    }

    // ---- from other fullnodes ----

    @Override
    public ByteString digest(Prefix prefix) {
        return index.digest(prefix);
    }

    @Override
    public boolean wants(NodeKey node, long offer, long where) {
        return index.wants(node, offer, where);
    }

    @Override
    public Taken take(List<Told> records) throws InterruptedException {
        int news = 0;
        int lies = 0;
        int unvouched = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Fate>> fates = new ArrayList<>();
            records.forEach(record -> fates.add(threads.submit(() -> take(record))));
            for (Future<Fate> each : fates) {
                Fate fate = counted(listingFates, each.get());
                news += fate == Fate.TAKEN ? 1 : 0;
                lies += fate == Fate.LIE ? 1 : 0;
                unvouched += fate == Fate.NOT_VOUCHED ? 1 : 0;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a record could not be looked at", e.getCause());
        }
        return new Taken(news, lies, unvouched);
    }

    private Fate take(Told told) throws InterruptedException {
        asking.acquire();
        try {
            SignedListing listing = SignedListing.open(told.listing().toByteArray());
            Fate fate = take(listing);
            if (!told.heartbeat().isEmpty() && fate == Fate.TAKEN) {
                SignedHeartbeat heartbeat = SignedHeartbeat.open(told.heartbeat().toByteArray());
                if (heartbeat.node().equals(listing.node())) {
                    var _ = hear(heartbeat);
                }
            }
            return fate;
        } catch (MalformedListingException | MalformedHeartbeatException e) {
            return Fate.LIE;
        } finally {
            asking.release();
        }
    }

    // ---- both ----

    private Fate take(SignedListing listing) throws InterruptedException {
        if (!listing.offer().channels().equals(network.channels())) {
            return Fate.LIE;
        }
        if (!listing.offer().isValidAt(time.instant())
                || !index.wants(listing.node(), listing.offer().sequence(), listing.sequence())) {
            return Fate.OLD;
        }
        NodeId node = new NodeId(listing.offer().payee(), listing.node());
        try {
            return switch (standings.of(node)) {
                case Vouched.No(Vouched.Why why) -> {
                    LOG.debug("{} is not listed: {}", node, why);
                    boolean _ = index.remove(node); // what it listed before, either
                    yield Fate.NOT_VOUCHED;
                }
                case Vouched.Yes yes -> fate(index.admit(listing, yes.stake(), time.instant()));
            };
        } catch (RegistryUnavailableException e) {
            LOG.debug("{} is not listed: {}", node, e.getMessage());
            return Fate.UNSURE;
        }
    }

    private static Fate fate(Admitted admitted) {
        return switch (admitted) {
            case NEW, REPLACED -> Fate.TAKEN;
            case OLD, EXPIRED -> Fate.OLD;
            case TOO_LONG, WALLET_FULL, FULL -> Fate.FULL;
        };
    }

    private static Fate counted(Map<Fate, LongAdder> fates, Fate fate) {
        fates.getOrDefault(fate, new LongAdder()).increment();
        return fate;
    }

    /** How many listings came to which end. */
    public long listings(Fate fate) {
        return listingFates.getOrDefault(fate, new LongAdder()).sum();
    }

    /** How many heartbeats came to which end. */
    public long heartbeats(Fate fate) {
        return beatFates.getOrDefault(fate, new LongAdder()).sum();
    }
}
