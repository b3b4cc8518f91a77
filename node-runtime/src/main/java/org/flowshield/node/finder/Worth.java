package org.flowshield.node.finder;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.market.Heartbeat;
import org.flowshield.node.market.Liveness;
import org.flowshield.node.market.SignedHeartbeat;

/**
 * What a provider is worth to a client, by what the client can check or the provider has signed:
 * docs/MATCHING.md. What directories think of it counts for nothing. Pure, immutable.
 *
 * @param score 0 to 1, higher is better
 * @param reasons why, the weightiest first
 */
record Worth(double score, List<String> reasons) {

    static final double PRICE = 0.35;
    static final double PRESENCE = 0.35;
    static final double SPEED = 0.15;
    static final double STAKE = 0.15;

    /** Of which more makes no difference to one client: a gigabit per second. */
    private static final double FASTEST = 1e9;

    private static final double SLOWEST = 1e6;

    /** Of whom nobody has heard anything. */
    private static final double UNHEARD = 0.4;

    private static final double STALE = 0.3;

    /** Stake of which more makes no difference: so many times what the cheapest way in takes. */
    private static final double STAKE_DECADES = 2;

    private record Part(double weight, double value, String reason) {

        double points() {
            return weight * value;
        }
    }

    Worth {
        reasons = List.copyOf(reasons);
    }

    /**
     * Rates one of several.
     *
     * @param cheapest what the cheapest of them asks for
     * @param stake what the chain says; empty: nobody has looked
     */
    static Worth of(
            Shelf.Item item,
            Optional<Liveness> liveness,
            TokenAmount cheapest,
            Optional<TokenAmount> stake) {
        List<Part> parts = new ArrayList<>();
        parts.add(price(item, cheapest));
        parts.add(presence(liveness));
        parts.add(speed(item));
        parts.add(stake(stake));
        double score = parts.stream().mapToDouble(Part::points).sum();
        return new Worth(
                Math.min(1, Math.max(0, score)),
                parts.stream()
                        .sorted(Comparator.comparingDouble(Part::points).reversed())
                        .map(Part::reason)
                        .toList());
    }

    private static Part price(Shelf.Item item, TokenAmount cheapest) {
        TokenAmount asks = item.listing().offer().price().perGiB();
        double value =
                new BigDecimal(cheapest.units())
                        .divide(new BigDecimal(asks.units()), MathContext.DECIMAL32)
                        .doubleValue();
        return new Part(
                PRICE,
                Math.min(1, value),
                asks.equals(cheapest)
                        ? "none asks for less"
                        : String.format(
                                Locale.ROOT, "asks for %.1f times the least", 1 / value));
    }

    private static Part presence(Optional<Liveness> liveness) {
        if (liveness.isEmpty()) {
            return new Part(PRESENCE, UNHEARD, "nobody has heard whether it is there");
        }
        return switch (liveness.orElseThrow()) {
            case Liveness.Online _ -> new Part(PRESENCE, 1, "it is there");
            case Liveness.Stale _ -> new Part(PRESENCE, STALE, "it has missed signs of life");
            case Liveness.Offline _ -> new Part(PRESENCE, 0, "it was not heard of for long");
        };
    }

    private static Part speed(Shelf.Item item) {
        long claimed = item.listing().offer().service().bitsPerSecond();
        Optional<Long> free =
                item.heartbeat()
                        .map(SignedHeartbeat::heartbeat)
                        .map(Heartbeat::freeBitsPerSecond)
                        .filter(rate -> rate > 0);
        double rate = free.isPresent() ? free.orElseThrow() : claimed;
        if (rate <= 0) {
            return new Part(SPEED, 0, "does not say how fast it is");
        }
        double value = Math.log10(rate / SLOWEST) / Math.log10(FASTEST / SLOWEST);
        return new Part(
                SPEED,
                Math.min(1, Math.max(0, value)),
                String.format(
                        Locale.ROOT,
                        free.isPresent()
                                ? "says that %.0f Mbit/s are free"
                                : "says that it serves %.0f Mbit/s",
                        rate / SLOWEST));
    }

    private static Part stake(Optional<TokenAmount> stake) {
        if (stake.isEmpty()) {
            return new Part(STAKE, 0, "nobody has looked at its stake");
        }
        double flow = new BigDecimal(stake.orElseThrow().decimal()).doubleValue();
        double value = flow <= 0 ? 0 : Math.log10(1 + flow / 100) / STAKE_DECADES;
        return new Part(STAKE, Math.min(1, value), "can lose " + stake.orElseThrow());
    }
}
