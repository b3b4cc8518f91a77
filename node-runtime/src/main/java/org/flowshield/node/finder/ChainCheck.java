package org.flowshield.node.finder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.flowshield.node.finder.backing.Backing;
import org.flowshield.node.finder.backing.Backing.Backed;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.matching.Query;

/**
 * Asks the chain about those that come first, until there are enough that it does not refuse. Safe
 * for use by any thread; waits for the chain.
 */
final class ChainCheck {

    /** A look at the chain for each of a page, some at a time. */
    private static final Duration CHECK = Duration.ofSeconds(4);

    private static final int CHECKS_AT_A_TIME = 8;

    /** Providers that nobody vouches for cost nothing: so many of them are looked through. */
    private static final int MOST_CHECKED = 200;

    /** Of those that are refused, so many are told. */
    private static final int MOST_REFUSED = 20;

    /** A directory may be late with a few; what it has checked it does not tell of so many. */
    private static final int MOST_UNBACKED = 8;

    /** What no honest directory tells for long: it asks the chain itself. */
    private static final Set<String> UNBACKED = Set.of("identity_unbound", "not_staked");

    /** Hears of a directory that is not to be asked again. */
    @FunctionalInterface
    interface Liars {
        void lied(PeerId directory, String what);
    }

    /** Why a provider is not gone to. */
    private record No(Shelf.Item item, Backed.Refused why, Instant at) {}

    private final Backing backing;
    private final Shelf shelf;
    private final Liars liars;
    private final InstantSource time;

    /** Those that were taken off the shelf lately, to be told of; guarded by itself. */
    private final Map<NodeKey, No> taken =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<NodeKey, No> eldest) {
                    return size() > MOST_REFUSED;
                }
            };

    ChainCheck(Backing backing, Shelf shelf, Liars liars, InstantSource time) {
        this.backing = backing;
        this.shelf = shelf;
        this.liars = liars;
        this.time = time;
    }

    /** What is left of what was found. */
    record Picked(
            List<Selection.Pick> order, Map<NodeKey, Backed> backed, List<FailedProvider> refused) {

        Optional<String> unknown() {
            return backed.values().stream()
                    .flatMap(
                            one ->
                                    one instanceof Backed.Unknown(String why)
                                            ? Stream.of(why)
                                            : Stream.<String>empty())
                    .findFirst();
        }
    }

    /**
     * Those that fit.
     *
     * @param limit how many at the most
     * @param lately whom a client has tried in vain: they come last
     */
    Picked pick(Query query, int limit, Set<NodeKey> lately) throws InterruptedException {
        Map<NodeKey, Backed> backed = new HashMap<>();
        Instant now = time.instant();
        List<Shelf.Item> items = shelf.items(now);
        for (boolean more = true; more; ) {
            List<Selection.Pick> order = Selection.of(items, query, backed, lately, now).order();
            long missing =
                    order.stream()
                            .limit(limit)
                            .filter(pick -> !backed.containsKey(pick.node()))
                            .count();
            check(inTurn(order, backed.keySet(), missing), backed);
            more = missing > 0 && backed.size() < MOST_CHECKED;
        }
        takeOff(items, backed, now);
        accuse(items, backed);
        return new Picked(
                Selection.of(items, query, backed, lately, now).order().stream()
                        .filter(pick -> backed.containsKey(pick.node()))
                        .limit(limit)
                        .toList(),
                backed,
                refused(query, now));
    }

    /**
     * The best of those that were not checked, each of who told of them in turn: one that tells of
     * many must not use up what is asked of the chain.
     */
    private static Set<Selection.Pick> inTurn(
            List<Selection.Pick> order, Set<NodeKey> checked, long count) {
        Map<Optional<PeerId>, Deque<Selection.Pick>> told = new LinkedHashMap<>();
        for (Selection.Pick pick : order) {
            if (!checked.contains(pick.node())) {
                Set<PeerId> tellers = pick.item().tellers();
                (tellers.isEmpty()
                                ? Stream.of(Optional.<PeerId>empty())
                                : tellers.stream().map(Optional::of))
                        .forEach(by -> told.computeIfAbsent(by, _ -> new ArrayDeque<>()).add(pick));
            }
        }
        Set<Selection.Pick> picks = new LinkedHashSet<>();
        while (picks.size() < count && !told.isEmpty()) {
            for (Deque<Selection.Pick> some : told.values()) {
                if (picks.size() < count && !some.isEmpty()) {
                    boolean _ = picks.add(some.remove());
                }
            }
            told.values().removeIf(Deque::isEmpty);
        }
        return picks;
    }

    private void takeOff(List<Shelf.Item> items, Map<NodeKey, Backed> backed, Instant now) {
        for (Shelf.Item item : items) {
            NodeKey node = item.listing().node();
            if (backed.get(node) instanceof Backed.Refused no) {
                shelf.takeOff(item);
                synchronized (taken) {
                    taken.remove(node);
                    taken.put(node, new No(item, no, now));
                }
            }
        }
    }

    /** A directory most of whose providers nobody vouches for has not asked, or lies. */
    private void accuse(List<Shelf.Item> items, Map<NodeKey, Backed> backed) {
        Map<PeerId, Integer> checked = new HashMap<>();
        Map<PeerId, Integer> unbacked = new HashMap<>();
        for (Shelf.Item item : items) {
            Backed known = backed.get(item.listing().node());
            boolean isNot = known instanceof Backed.Refused no && UNBACKED.contains(no.code());
            if (isNot || known instanceof Backed.Staked) {
                item.tellers()
                        .forEach(
                                teller -> {
                                    checked.merge(teller, 1, Integer::sum);
                                    unbacked.merge(teller, isNot ? 1 : 0, Integer::sum);
                                });
            }
        }
        unbacked.forEach(
                (teller, count) -> {
                    if (count >= MOST_UNBACKED && 2 * count > checked.getOrDefault(teller, 0)) {
                        liars.lied(
                                teller,
                                "the chain vouches for too few of the providers that it tells of");
                    }
                });
    }

    private void check(Set<Selection.Pick> picks, Map<NodeKey, Backed> backed)
            throws InterruptedException {
        record Checked(NodeKey node, Backed backed) {}
        Fanout.ask(
                        List.copyOf(picks),
                        CHECKS_AT_A_TIME,
                        CHECK,
                        pick ->
                                Optional.of(
                                        new Checked(
                                                pick.node(),
                                                backing.of(
                                                        pick.node(),
                                                        pick.item().listing().offer().payee()))),
                        _ -> Optional.empty())
                .forEach(checked -> backed.put(checked.node(), checked.backed()));
        picks.forEach(
                pick ->
                        backed.putIfAbsent(
                                pick.node(), new Backed.Unknown("the chain took too long")));
    }

    /** Those of just now as well: a search that is not made again would not show them. */
    private List<FailedProvider> refused(Query query, Instant now) {
        List<FailedProvider> refused = new ArrayList<>();
        synchronized (taken) {
            taken.values()
                    .removeIf(
                            no ->
                                    Duration.between(no.at(), now)
                                                    .abs()
                                                    .compareTo(ProviderSearch.FRESH)
                                            >= 0);
            for (No no : taken.values()) {
                if (query.fits(no.item().listing().offer())) {
                    refused.add(
                            new FailedProvider(
                                    no.item().addresses().getFirst().toString(),
                                    new Problem(
                                            no.why().code(),
                                            no.why().why(),
                                            "none is needed: it is not gone to")));
                }
            }
        }
        return refused;
    }
}
