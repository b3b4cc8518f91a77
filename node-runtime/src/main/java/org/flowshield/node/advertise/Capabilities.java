package org.flowshield.node.advertise;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.payment.Country;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces a provider in the DHT under what it can do, on a virtual thread of its own, so that it
 * is found with every fullnode down. The DHT says it again by itself; here it is said first, and
 * when the node has moved.
 */
final class Capabilities implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Capabilities.class);

    /** For one search and its 20 peers. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A node that has no peers yet gets them within seconds. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final Dht dht;
    private final List<Multihash> keys;
    private final Supplier<List<Multiaddr>> addresses;
    private final Semaphore changed = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("capabilities").unstarted(this::run);

    /**
     * @param addresses where the node can be dialled now; empty: it is not announced
     */
    Capabilities(
            Dht dht,
            MarketNetwork network,
            Optional<Country> country,
            Supplier<List<Multiaddr>> addresses) {
        this.dht = dht;
        this.addresses = addresses;
        this.keys =
                Stream.concat(
                                Stream.of(network.capability(Optional.empty())),
                                country.map(Optional::of).map(network::capability).stream())
                        .toList();
    }

    void start() {
        thread.start();
    }

    void moved() {
        changed.release();
    }

    private void run() {
        List<Multiaddr> announced = List.of();
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                List<Multiaddr> now = addresses.get();
                if (now.equals(announced) || now.isEmpty()) {
                    withdrawIf(now.isEmpty());
                    announced = now;
                    changed.acquire();
                } else if (announced()) {
                    announced = now;
                    pause = FIRST_PAUSE;
                } else {
                    boolean _ = changed.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
                    pause = longer(pause);
                }
                changed.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private boolean announced() throws InterruptedException {
        for (Multihash key : keys) {
            try {
                var stored = dht.provide(key, LIMIT);
                LOG.debug("announced with {} peers of the DHT", stored.kept());
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LOG.debug("not announced in the DHT yet: {}", e.getMessage());
                return false;
            }
        }
        return true;
    }

    private void withdrawIf(boolean gone) {
        if (gone) {
            keys.forEach(dht::stopProviding);
        }
    }

    /** Announces no more; peers forget it when their records expire. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            boolean _ = thread.join(END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        withdrawIf(true);
    }
}
