package org.flowshield.node.advertise;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.market.heartbeat.Heartbeat;
import org.flowshield.node.market.heartbeat.HeartbeatValidator;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.ListingProtocol;
import org.flowshield.node.market.listing.ListingValidator;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.swarm.Swarm.Membership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the market of a provider, for as long as it serves, on a virtual thread of its own. Nothing
 * is told while the node can't say where it can be dialled. Listings and heartbeats of others are
 * passed on if they are good.
 */
public final class Advertiser implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Advertiser.class);

    /** As heartbeat.proto says. */
    static final Duration BEAT_EVERY = Duration.ofSeconds(10);

    /** So soon somebody is looked for who hears. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** A thread that is told to end does so within that. */
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final Goods goods;
    private final Membership swarm;
    private final Supplier<Load> load;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Topic listings;
    private final Topic heartbeats;
    private final Semaphore changed = new Semaphore(0);
    private final Capabilities capabilities;
    private final Thread thread = Thread.ofVirtual().name("advertiser").unstarted(this::run);

    private volatile Optional<SignedListing> listing = Optional.empty();

    // Of the thread alone.
    private Optional<Telling> told = Optional.empty();
    private long beatDue;
    private long sequence;

    private Advertiser(
            Goods goods,
            Membership swarm,
            Supplier<Load> load,
            Clock clock,
            LongSupplier nanoTime) {
        this.goods = goods;
        this.swarm = swarm;
        this.load = load;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.listings = new Topic(goods.network().listings());
        this.heartbeats = new Topic(goods.network().heartbeats());
        this.beatDue = nanoTime.getAsLong();
        this.capabilities =
                new Capabilities(swarm.dht(), goods.network(), goods::country, swarm::advertised);
    }

    /**
     * Begins.
     *
     * @param swarm that the provider is in; left by its owner, after this is closed
     * @param load asked for each heartbeat
     * @param clock of the wall
     * @param nanoTime a monotonic clock
     */
    public static Advertiser start(
            Goods goods,
            Membership swarm,
            Supplier<Load> load,
            Clock clock,
            LongSupplier nanoTime) {
        Advertiser advertiser = new Advertiser(goods, swarm, load, clock, nanoTime);
        swarm.serve(new ListingProtocol(() -> advertiser.listing));
        var _ =
                swarm.follow(
                        advertiser.listings,
                        new ListingValidator(goods.network(), clock, nanoTime, _ -> {}),
                        _ -> {});
        var _ =
                swarm.follow(
                        advertiser.heartbeats,
                        new HeartbeatValidator(clock, nanoTime, _ -> {}),
                        _ -> {});
        swarm.onChange(advertiser::moved);
        advertiser.capabilities.start();
        advertiser.thread.start();
        return advertiser;
    }

    private void moved() {
        changed.release();
        capabilities.moved();
    }

    /** What it tells of itself now; empty while it can't say where it is. */
    public Optional<SignedListing> listing() {
        return listing;
    }

    private void run() {
        try {
            while (true) {
                tell();
                if (nanoTime.getAsLong() - beatDue >= 0) {
                    beat();
                    beatDue = nanoTime.getAsLong() + BEAT_EVERY.toNanos();
                }
                if (changed.tryAcquire(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
                    changed.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void tell() {
        SignedOffer offer = goods.offers().current();
        List<Multiaddr> addresses = Telling.listed(swarm.advertised());
        if (addresses.isEmpty()) {
            listing = Optional.empty();
            told = Optional.empty();
            return;
        }
        boolean listeners = !swarm.pubsub().peers(listings).isEmpty();
        long now = nanoTime.getAsLong();
        if (!Telling.isDue(told, offer.hash(), addresses, listeners, now)) {
            return;
        }
        SignedListing made = SignedListing.sign(offer, addresses, next(), goods.key());
        listing = Optional.of(made);
        capabilities.moved(); // the country may be another
        if (listeners) {
            var heard = swarm.pubsub().publish(listings, made.encoded());
            LOG.debug("listed at {}, told {} peers", addresses, heard.peers());
        }
        told = Optional.of(new Telling(offer.hash(), addresses, listeners, now));
    }

    private void beat() {
        if (listing.isEmpty() || swarm.pubsub().peers(heartbeats).isEmpty()) {
            return;
        }
        Load now = load.get();
        Heartbeat heartbeat =
                new Heartbeat(
                        listing.get().signedOffer().hash(),
                        clock.instant(),
                        next(),
                        now.sessions(),
                        now.freeBitsPerSecond());
        var _ =
                swarm.pubsub()
                        .publish(
                                heartbeats, SignedHeartbeat.sign(heartbeat, goods.key()).encoded());
    }

    /** Greater than each before, also after a restart. */
    private long next() {
        sequence = Math.max(sequence + 1, clock.millis());
        return sequence;
    }

    /** Tells no more, and withdraws what can be withdrawn: what was told ends by itself. */
    @Override
    public void close() {
        thread.interrupt();
        capabilities.close();
        try {
            boolean _ = thread.join(END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listing = Optional.empty();
    }
}
