package org.flowshield.node.finder;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.finder.backing.Backing.Backed;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.matching.Matching;
import org.flowshield.node.market.matching.Query;

/**
 * From what is known to the order in which it is gone to. Pure, immutable.
 *
 * @param order those that fit, the first first
 */
record Selection(List<Pick> order) {

    /**
     * One that fits. Immutable.
     *
     * @param stake what the chain says; empty: nobody has looked, or the chain did not answer
     * @param score by docs/MATCHING.md, of what this client knows for itself: what directories
     *     think of it counts for nothing
     * @param reasons for that score
     */
    record Pick(Shelf.Item item, Optional<TokenAmount> stake, double score, List<String> reasons) {

        Pick {
            reasons = List.copyOf(reasons);
        }

        NodeKey node() {
            return item.listing().node();
        }

        PeerId peer() {
            return item.listing().peer();
        }

        private TokenAmount price() {
            return item.listing().offer().price().perGiB();
        }
    }

    Selection {
        order = List.copyOf(order);
    }

    /**
     * Those that fit, best first.
     *
     * @param backed what the chain has said of some of them; those that it refuses are left out
     * @param failed whom a client has tried lately, in vain: they come last
     */
    static Selection of(
            List<Shelf.Item> items,
            Query query,
            Map<NodeKey, Backed> backed,
            Set<NodeKey> failed,
            Instant now) {
        List<Shelf.Item> fitting =
                items.stream()
                        .filter(item -> query.fits(item.listing().offer()))
                        .filter(item -> !(backed.get(node(item)) instanceof Backed.Refused))
                        .toList();
        Matching.Yardstick market = market(fitting, backed);
        List<Pick> picks = new ArrayList<>();
        for (Shelf.Item item : fitting) {
            Optional<TokenAmount> stake = stake(item, backed);
            Matching.Facts facts = facts(item, stake);
            picks.add(
                    new Pick(
                            item,
                            stake,
                            Matching.score(facts, market, now),
                            Matching.reasons(facts, market, now)));
        }
        picks.sort(order(query.sort(), failed));
        return new Selection(picks);
    }

    /** How much of the time it was there no client knows. */
    private static Matching.Facts facts(Shelf.Item item, Optional<TokenAmount> stake) {
        return new Matching.Facts(
                item.listing().offer().price().perGiB().units().doubleValue(),
                stake.map(known -> known.units().doubleValue()).orElse(-1.0),
                item.heardAt(),
                Duration.ZERO,
                Duration.ZERO,
                item.heartbeat().map(beat -> beat.heartbeat().freeBitsPerSecond()).orElse(-1L));
    }

    private static Matching.Yardstick market(List<Shelf.Item> items, Map<NodeKey, Backed> backed) {
        return Matching.Yardstick.of(
                items.stream()
                        .mapToDouble(
                                item ->
                                        item.listing()
                                                .offer()
                                                .price()
                                                .perGiB()
                                                .units()
                                                .doubleValue())
                        .toArray(),
                items.stream()
                        .flatMap(item -> stake(item, backed).stream())
                        .mapToDouble(stake -> stake.units().doubleValue())
                        .toArray());
    }

    private static Optional<TokenAmount> stake(Shelf.Item item, Map<NodeKey, Backed> backed) {
        return backed.get(node(item)) instanceof Backed.Staked(TokenAmount staked)
                ? Optional.of(staked)
                : Optional.empty();
    }

    private static NodeKey node(Shelf.Item item) {
        return item.listing().node();
    }

    /** Stable: two that are alike are told apart by their keys. */
    private static Comparator<Pick> order(Query.Sort sort, Set<NodeKey> failed) {
        Comparator<Pick> best = Comparator.comparingDouble((Pick pick) -> pick.score()).reversed();
        Comparator<Pick> asked =
                switch (sort) {
                    case QUALITY -> best;
                    case PRICE ->
                            Comparator.<Pick, BigInteger>comparing(pick -> pick.price().units())
                                    .thenComparing(best);
                    case SPEED ->
                            Comparator.<Pick>comparingLong(
                                            pick ->
                                                    pick.item()
                                                            .listing()
                                                            .offer()
                                                            .service()
                                                            .bitsPerSecond())
                                    .reversed()
                                    .thenComparing(best);
                };
        return Comparator.<Pick, Boolean>comparing(pick -> failed.contains(pick.node()))
                .thenComparing(asked)
                .thenComparing(pick -> pick.node().toString());
    }
}
