package org.flowshield.node.finder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.flowshield.node.finder.Backing.Backed;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.Query;

/**
 * Asks the chain about those that come first, until there are enough that it does not refuse. Safe
 * for use by any thread; waits for the chain.
 */
final class Checking {

    /** A look at the chain for each of a page, some at a time. */
    private static final Duration CHECK = Duration.ofSeconds(4);

    private static final int CHECKS_AT_A_TIME = 8;

    /** Providers that nobody vouches for cost nothing: so many of them are looked through. */
    private static final int MOST_CHECKED = 200;

    /** Of those that are refused, so many are told. */
    private static final int MOST_REFUSED = 20;

    private final Backing backing;
    private final Shelf shelf;
    private final InstantSource time;

    Checking(Backing backing, Shelf shelf, InstantSource time) {
        this.backing = backing;
        this.shelf = shelf;
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
            List<Selection.Pick> unchecked =
                    Selection.of(items, query, backed, lately, now).order().stream()
                            .limit(limit)
                            .filter(pick -> !backed.containsKey(pick.node()))
                            .toList();
            check(unchecked, backed);
            more = !unchecked.isEmpty() && backed.size() < MOST_CHECKED;
        }
        return new Picked(
                Selection.of(items, query, backed, lately, now).order().stream()
                        .filter(pick -> backed.containsKey(pick.node()))
                        .limit(limit)
                        .toList(),
                backed,
                refused(items, query, backed));
    }

    private void check(List<Selection.Pick> picks, Map<NodeKey, Backed> backed)
            throws InterruptedException {
        record Checked(NodeKey node, Backed backed) {}
        Together.ask(
                        picks,
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

    private static List<FailedProvider> refused(
            List<Shelf.Item> items, Query query, Map<NodeKey, Backed> backed) {
        List<FailedProvider> refused = new ArrayList<>();
        for (Shelf.Item item : items) {
            if (refused.size() < MOST_REFUSED
                    && query.fits(item.listing().offer())
                    && backed.get(item.listing().node()) instanceof Backed.Refused no) {
                refused.add(
                        new FailedProvider(
                                item.addresses().getFirst().toString(),
                                new Problem(
                                        no.code(), no.why(), "none is needed: it is not gone to")));
            }
        }
        return refused;
    }
}
