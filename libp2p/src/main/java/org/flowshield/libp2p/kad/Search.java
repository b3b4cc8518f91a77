package org.flowshield.libp2p.kad;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.kad.exchange.Client;
import org.flowshield.libp2p.kad.exchange.Reached;
import org.flowshield.libp2p.kad.lookup.Lookup;
import org.flowshield.libp2p.kad.lookup.LookupLimits;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link Lookup} over the network: on the caller's thread, with a virtual thread for each
 * request that is under way. They have ended or are interrupted when it returns.
 */
final class Search {

    private static final Logger LOG = LoggerFactory.getLogger(Search.class);

    /** What is done with the answers, on the caller's thread. */
    interface Listener {

        /** True if what is looked for is found: nobody else is asked. */
        boolean answered(PeerInfo peer, Reached answer);

        /** A peer that was to be asked has not answered. */
        void failed(PeerInfo peer);
    }

    private record Outcome(PeerInfo peer, @Nullable Reached answer) {}

    private final Client client;
    private final Lookup lookup;
    private final Request request;
    private final Listener listener;
    private final Clock clock;

    /** Has room for every request of the search. */
    private final BlockingQueue<Outcome> outcomes;

    private final List<Thread> asking = new ArrayList<>();

    Search(
            Client client,
            Lookup lookup,
            LookupLimits limits,
            Request request,
            Listener listener,
            Clock clock) {
        this.client = client;
        this.lookup = lookup;
        this.request = request;
        this.listener = listener;
        this.clock = clock;
        this.outcomes = new ArrayBlockingQueue<>(limits.queries());
    }

    /**
     * Searches until the search is done or the time is over, whatever comes first.
     *
     * @return false if the time was over before
     */
    boolean run(Instant end) throws IOException {
        try {
            ask(lookup.start(clock.instant()));
            while (!lookup.isDone()) {
                Instant now = clock.instant();
                if (!now.isBefore(end)) {
                    lookup.stop();
                    return false;
                }
                Instant tick = lookup.nextTick().filter(end::isAfter).orElse(end);
                @Nullable Outcome outcome =
                        outcomes.poll(
                                Math.max(1, Duration.between(now, tick).toNanos()),
                                TimeUnit.NANOSECONDS);
                ask(outcome == null ? lookup.tick(clock.instant()) : take(outcome));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while searching");
        } finally {
            asking.forEach(Thread::interrupt);
        }
    }

    private List<PeerInfo> take(Outcome outcome) {
        PeerInfo peer = outcome.peer();
        Reached answer = outcome.answer();
        if (answer == null) {
            listener.failed(peer);
            return lookup.failed(peer.peer(), clock.instant());
        }
        boolean enough = listener.answered(peer, answer);
        List<PeerInfo> next =
                lookup.answered(
                        peer.peer(), answer.response().closer(), answer.network(), clock.instant());
        if (enough) {
            lookup.stop();
            return List.of();
        }
        return next;
    }

    private void ask(List<PeerInfo> peers) {
        for (PeerInfo peer : peers) {
            asking.add(Thread.ofVirtual().name("kad-ask").start(() -> ask(peer)));
        }
    }

    private void ask(PeerInfo peer) {
        @Nullable Reached answer = null;
        try {
            answer = client.ask(peer, request);
        } catch (IOException e) {
            LOG.debug("{} was not answered by {}: {}", request, peer.peer(), e.getMessage());
        } finally {
            outcomes.add(new Outcome(peer, answer));
        }
    }
}
