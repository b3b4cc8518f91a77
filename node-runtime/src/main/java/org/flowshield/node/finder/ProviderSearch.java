package org.flowshield.node.finder;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.market.ProviderSource;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.matching.Match;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Country;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for providers and puts them on the shelf: directories first, two or three of them; the DHT
 * where fewer answer, or few providers are known. Safe for use by any thread; one search at a time,
 * of some seconds.
 */
final class ProviderSearch {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSearch.class);

    /** What was found so recently is not looked for again. */
    static final Duration FRESH = Duration.ofSeconds(20);

    /** Fewer than that, and the DHT is asked as well: directories may hide some. */
    static final int FEW = 3;

    /** Joining the DHT, beside which directories are asked already. */
    private static final Duration JOIN = Duration.ofSeconds(4);

    /** Questions; the oldest is forgotten. */
    private static final int MOST_REMEMBERED = 256;

    /**
     * A search that was made.
     *
     * @param directories how many answered
     * @param reached whether anybody has
     * @param whole whether nobody had more to tell
     */
    record Looked(Instant at, int directories, boolean reached, boolean whole) {}

    private final Finder.Settings settings;
    private final Search.Maker searches;
    private final Beginning beginning;
    private final Shelf shelf;
    private final InstantSource time;
    private final Directories directories;

    /** By how much this machine's clock is ahead, by the last search; none: it is right. */
    private volatile Optional<Duration> ahead = Optional.empty();

    /** One search at a time; guards {@link #looked}. */
    private final ReentrantLock looking = new ReentrantLock();

    private final Map<Query, Looked> looked =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Query, Looked> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    ProviderSearch(
            Finder.Settings settings,
            Search.Maker searches,
            Beginning beginning,
            Shelf shelf,
            InstantSource time) {
        this.settings = settings;
        this.searches = searches;
        this.beginning = beginning;
        this.shelf = shelf;
        this.time = time;
        directories = new Directories(settings.network(), settings.policy(), time);
    }

    /** Looks, if that was not done just now. */
    Looked look(Query query) throws RefusedException, InterruptedException {
        looking.lockInterruptibly();
        try {
            Optional<Looked> before = before(query);
            if (before.isPresent()) {
                return before.orElseThrow();
            }
            Looked search = searched(query);
            if (!search.reached() && shelf.size() == 0) {
                throw new RefusedException(
                        beginning.knowsNobody() ? Kind.REFUSED : Kind.FAILED,
                        beginning.unreachable());
            }
            looked.put(query, search);
            return search;
        } finally {
            looking.unlock();
        }
    }

    /** Looks anew: what was found just now has turned out to be of no use. */
    Looked again(Query query) throws RefusedException, InterruptedException {
        looking.lockInterruptibly();
        try {
            looked.clear();
            return look(query);
        } finally {
            looking.unlock();
        }
    }

    /**
     * By how much this machine's clock is ahead of the market's, behind if negative, by the last
     * search; empty if it is right, or nobody knows.
     */
    Optional<Duration> ahead() {
        return ahead;
    }

    /** Whoever has told what is of no use is not asked again. */
    void lied(PeerId directory, String what) {
        directories.lied(directory, what);
    }

    /** One of just now: for the same, or for more, if there was no more to tell. */
    private Optional<Looked> before(Query query) {
        return fresh(looked.get(query))
                .or(() -> fresh(looked.get(widened(query, query.country()))).filter(Looked::whole))
                .or(
                        () ->
                                fresh(looked.get(widened(query, Optional.empty())))
                                        .filter(Looked::whole));
    }

    private Optional<Looked> fresh(@Nullable Looked before) {
        return Optional.ofNullable(before)
                .filter(Looked::reached)
                .filter(
                        one ->
                                Duration.between(one.at(), time.instant()).abs().compareTo(FRESH)
                                        < 0);
    }

    /** Whatever they cost and claim. */
    private static Query widened(Query query, Optional<Country> country) {
        return new Query(country, Optional.empty(), 0, query.sort(), Query.MOST, Optional.empty());
    }

    private Looked searched(Query query) throws InterruptedException {
        List<Multiaddr> begin = beginning.resolved();
        try (Search search = searches.open()) {
            CompletableFuture<Boolean> joined = join(search, begin);
            List<Directories.Told> told =
                    new ArrayList<>(directories.askKnown(search, begin, query));
            take(told);
            boolean reached = !told.isEmpty();
            boolean whole = true;
            if ((told.size() < Directories.ENOUGH || few(query)) && isDone(joined)) {
                List<Directories.Told> others =
                        told.size() < Directories.ENOUGH
                                ? askOthers(search, Directories.asked(told), query)
                                : List.of();
                told.addAll(others);
                take(others);
                if (told.size() < Directories.ENOUGH || few(query)) {
                    reached |= askProviders(search, query);
                    whole = shelf.size() < DhtMarket.MOST_ASKED;
                }
            }
            beginning.remember(search, Directories.asked(told));
            ahead = MarketClock.ahead(clocks(told).values());
            return new Looked(
                    time.instant(),
                    told.size(),
                    reached || !told.isEmpty(),
                    whole && told.stream().allMatch(Directories.Told::whole));
        } catch (IOException e) {
            LOG.warn("nobody can be asked for providers: {}", e.getMessage());
            return new Looked(time.instant(), 0, false, false);
        }
    }

    private static Map<NodeKey, Duration> clocks(List<Directories.Told> told) {
        Map<NodeKey, Duration> all = new HashMap<>();
        told.forEach(one -> all.putAll(one.clocks()));
        return all;
    }

    private CompletableFuture<Boolean> join(Search search, List<Multiaddr> begin) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return beginning.join(search, begin, JOIN);
                    } catch (InterruptedException e) {
                        throw new CompletionException(e); // nobody does
                    }
                },
                task -> Thread.ofVirtual().name("finder-join").start(task));
    }

    private static boolean isDone(CompletableFuture<Boolean> joined) throws InterruptedException {
        try {
            return joined.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("joining failed", e.getCause());
        }
    }

    private List<Directories.Told> askOthers(Search search, Set<PeerId> asked, Query query)
            throws InterruptedException {
        try {
            return directories.askOthers(search, asked, query);
        } catch (IOException e) {
            LOG.debug("no fullnode is found in the DHT: {}", e.getMessage());
            return List.of();
        }
    }

    private boolean askProviders(Search search, Query query) throws InterruptedException {
        try {
            DhtMarket market = new DhtMarket(search, settings.network(), settings.policy(), time);
            market.find(query).matches().forEach(this::take);
            return true;
        } catch (IOException e) {
            LOG.debug("no provider is found in the DHT: {}", e.getMessage());
            return false;
        }
    }

    /** One that nobody has spoken of yet. */
    void lookFor(PeerId peer) throws RefusedException, InterruptedException {
        Looked _ = look(Query.ANY);
        if (shelf.of(peer, time.instant()).isPresent()) {
            return;
        }
        try (Search search = searches.open()) {
            if (beginning.join(search, beginning.resolved(), JOIN)) {
                new DhtMarket(search, settings.network(), settings.policy(), time)
                        .find(peer)
                        .ifPresent(this::take);
            }
        } catch (IOException e) {
            LOG.debug("{} is not found in the DHT: {}", peer, e.getMessage());
        }
    }

    private boolean few(Query query) {
        return shelf.items(time.instant()).stream()
                        .filter(item -> query.fits(item.listing().offer()))
                        .limit(FEW)
                        .count()
                < FEW;
    }

    private void take(List<Directories.Told> told) {
        told.forEach(
                one ->
                        one.matches()
                                .forEach(
                                        match ->
                                                take(
                                                        match,
                                                        ProviderSource.DIRECTORY,
                                                        Optional.of(one.fullnode()))));
    }

    private void take(Match match) {
        take(match, ProviderSource.DHT, Optional.empty());
    }

    private void take(Match match, ProviderSource source, Optional<PeerId> teller) {
        Instant now = time.instant();
        Shelf.Outcome outcome = shelf.put(match.listing(), source, teller, now);
        if (!outcome.isOfUse()) {
            LOG.debug("{} is left out: {}", match.listing().peer(), outcome);
            return;
        }
        if (source == ProviderSource.DHT) {
            shelf.answered(match.listing().node(), now);
        }
        match.heartbeat()
                .ifPresent(
                        beat -> {
                            Instant heard =
                                    match.liveness()
                                            .map(Liveness::heardAt)
                                            .orElse(beat.heartbeat().sentAt());
                            boolean _ = shelf.hear(beat, heard, now);
                        });
    }
}
