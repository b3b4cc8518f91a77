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
    private final Supplier<List<Multihash>> keys;
    private final Supplier<List<Multiaddr>> addresses;

    /** Under which it is announced. The thread's own, and its closer's when that has ended. */
    private List<Multihash> provided = List.of();

    private final Semaphore changed = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("capabilities").unstarted(this::run);

    /**
     * @param country where it says now that it is
     * @param addresses where the node can be dialled now; empty: it is not announced
     */
    Capabilities(
            Dht dht,
            MarketNetwork network,
            Supplier<Optional<Country>> country,
            Supplier<List<Multiaddr>> addresses) {
        this.dht = dht;
        this.addresses = addresses;
        this.keys = () -> keys(network, country.get());
    }

    private static List<Multihash> keys(MarketNetwork network, Optional<Country> country) {
        return Stream.concat(
                        Stream.of(network.capability(Optional.empty())),
                        country.map(Optional::of).map(network::capability).stream())
                .toList();
    }

    void start() {
        thread.start();
    }

    /** Addresses or the country may be others. */
    void moved() {
        changed.release();
    }

    private void run() {
        List<Multiaddr> announced = List.of();
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                List<Multiaddr> now = addresses.get();
                List<Multihash> under = now.isEmpty() ? List.of() : keys.get();
                withdrawBut(under);
                if (now.equals(announced) && under.equals(provided)) {
                    changed.acquire();
                } else if (announced(under)) {
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

    private boolean announced(List<Multihash> under) throws InterruptedException {
        for (Multihash key : under) {
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
        provided = under;
        return true;
    }

    private void withdrawBut(List<Multihash> under) {
        provided.stream().filter(key -> !under.contains(key)).forEach(dht::stopProviding);
        provided = provided.stream().filter(under::contains).toList();
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
        withdrawBut(List.of());
    }
}
