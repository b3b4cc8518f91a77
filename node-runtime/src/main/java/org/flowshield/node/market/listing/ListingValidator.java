package org.flowshield.node.market.listing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.Newcomers;
import org.flowshield.node.market.NodeRates;

/**
 * Which listings are passed on: those of this network that a provider tells of itself, that hold
 * now, take the place of the one before, and don't come too often. What costs nothing is looked at
 * first. Safe for use by any thread.
 */
public final class ListingValidator implements Validator {

    /** Each is told every few minutes, and when something in it has changed. */
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    /** A node that has just started changes a few times. */
    private static final int BURST = 6;

    /**
     * An offer stands for half an hour; nobody has to keep one that is meant to stand for years.
     */
    static final Duration MOST_VALID = Duration.ofDays(1);

    private final MarketNetwork network;
    private final NodeRates rates;
    private final Newcomers newcomers;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Consumer<SignedListing> accepted;
    private final int maxNodes;

    /** What each node said last; those that said it long ago come first. Guarded by itself. */
    private final LinkedHashMap<NodeKey, Said> said = new LinkedHashMap<>();

    /** By what a listing is newer than another. */
    private record Said(long offer, long where) {}

    /**
     * @param network of whose market it is
     * @param clock of the wall
     * @param nanoTime a monotonic clock
     * @param accepted gets each that is good, verified, on the thread that verified it, before it
     *     is passed on; must not wait for long
     */
    public ListingValidator(
            MarketNetwork network,
            InstantSource clock,
            LongSupplier nanoTime,
            Consumer<SignedListing> accepted) {
        this(network, clock, nanoTime, accepted, Newcomers.RELAYED_NODES);
    }

    ListingValidator(
            MarketNetwork network,
            InstantSource clock,
            LongSupplier nanoTime,
            Consumer<SignedListing> accepted,
            int maxNodes) {
        this.network = network;
        this.rates = new NodeRates(INTERVAL, BURST, maxNodes);
        this.newcomers = new Newcomers();
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.accepted = accepted;
        this.maxNodes = maxNodes;
    }

    @Override
    public Verdict validate(ReceivedMessage message) {
        byte[] data = message.data();
        if (data.length > SignedListing.MAX_LENGTH) {
            return Verdict.REJECT;
        }
        long nanos = nanoTime.getAsLong();
        if (!rates.knows(message.author()) && !newcomers.take(message.bringer(), nanos)) {
            return Verdict.IGNORE;
        }
        if (!rates.take(message.author(), nanos)) {
            return Verdict.IGNORE;
        }
        SignedListing listing;
        try {
            listing = SignedListing.open(data);
        } catch (MalformedListingException e) {
            return Verdict.REJECT;
        }
        if (!listing.peer().equals(message.author())
                || !listing.offer().channels().equals(network.channels())) {
            return Verdict.REJECT; // nobody tells of another, or of another network
        }
        if (!holds(listing) || !isNews(listing)) {
            return Verdict.IGNORE;
        }
        accepted.accept(listing);
        return Verdict.ACCEPT;
    }

    private boolean holds(SignedListing listing) {
        var now = clock.instant();
        return listing.offer().isValidAt(now)
                && listing.offer().validUntil().isBefore(now.plus(MOST_VALID));
    }

    private boolean isNews(SignedListing listing) {
        Said now = new Said(listing.offer().sequence(), listing.sequence());
        synchronized (said) {
            Said before = said.get(listing.node());
            if (before != null && !isNewer(now, before)) {
                return false;
            }
            if (before == null && said.size() == maxNodes) {
                said.pollFirstEntry();
            }
            said.putLast(listing.node(), now);
            return true;
        }
    }

    private static boolean isNewer(Said now, Said before) {
        return now.offer() >= before.offer()
                && Long.compareUnsigned(now.where(), before.where()) >= 0
                && !now.equals(before);
    }
}
