package org.flowshield.node.market.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.market.heartbeat.Liveness;

/**
 * How well a provider suits whoever looks for one, as docs/MATCHING.md says. Pure: the same facts
 * have the same score everywhere. What somebody else has seen or the chain says weighs most; what a
 * provider says of itself weighs little, because nobody has measured it.
 */
public final class Matching {

    /** Of {@value #ALL}: whether it is there. */
    static final double LIVENESS = 35;

    /** What it asks, beside what others ask. */
    static final double PRICE = 25;

    /** What it can lose. */
    static final double STAKE = 20;

    /** How much of the time it was there. */
    static final double UPTIME = 15;

    /** What it says that it has left: nobody has measured it. */
    static final double FREE_RATE = 5;

    static final double ALL = LIVENESS + PRICE + STAKE + UPTIME + FREE_RATE;

    /** Nobody has heard of it: it may just have come. */
    static final double UNHEARD = 0.25;

    /** Cheaper than this part of the median is not better: it would only draw clients. */
    static final double CHEAPEST = 0.25;

    /** Who was watched for so long has shown all that can be shown. */
    static final Duration WATCHED = Duration.ofHours(24);

    /** Half of the part for what is free: what one client can use. */
    static final double USEFUL_RATE = 100e6;

    private Matching() {}

    /**
     * What the market is like.
     *
     * @param medianPrice of a GiB, above 0
     * @param medianStake of those whose stake is known
     */
    public record Yardstick(double medianPrice, double medianStake) {

        /** Of a market that nobody has seen: one coin for a GiB, and no stake. */
        public static final Yardstick UNKNOWN = new Yardstick(1e18, 0);

        /** By some offers and stakes, in units. Sorts both arrays. */
        public static Yardstick of(double[] prices, double[] stakes) {
            return new Yardstick(
                    prices.length == 0 ? UNKNOWN.medianPrice() : median(prices),
                    stakes.length == 0 ? 0 : median(stakes));
        }

        private static double median(double[] values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }
    }

    /**
     * What is known of a provider.
     *
     * @param price of a GiB, in units
     * @param stake in units; negative: nobody has looked
     * @param heardAt when it was last heard of; empty: never
     * @param watched since it was first heard of
     * @param up how much of that it was there
     * @param freeBitsPerSecond by its own word; negative: it has said nothing
     */
    public record Facts(
            double price,
            double stake,
            Optional<Instant> heardAt,
            Duration watched,
            Duration up,
            long freeBitsPerSecond) {

        /** Of an offer of which nothing else is known. */
        public static Facts of(TokenAmount price, Optional<TokenAmount> stake) {
            return new Facts(
                    price.units().doubleValue(),
                    stake.map(known -> known.units().doubleValue()).orElse(-1.0),
                    Optional.empty(),
                    Duration.ZERO,
                    Duration.ZERO,
                    -1);
        }
    }

    /** 0 to 1; higher is better. */
    public static double score(Facts facts, Yardstick market, Instant now) {
        return (LIVENESS * liveness(facts, now)
                        + PRICE * price(facts, market)
                        + STAKE * stake(facts, market)
                        + UPTIME * uptime(facts)
                        + FREE_RATE * free(facts))
                / ALL;
    }

    /** Why it has that score, in words, the weightiest first. */
    public static List<String> reasons(Facts facts, Yardstick market, Instant now) {
        record Reason(double points, String words) {}
        List<Reason> reasons =
                new ArrayList<>(
                        List.of(
                                new Reason(LIVENESS * liveness(facts, now), heard(facts, now)),
                                new Reason(PRICE * price(facts, market), asks(facts, market)),
                                new Reason(STAKE * stake(facts, market), staked(facts, market)),
                                new Reason(UPTIME * uptime(facts), watched(facts)),
                                new Reason(FREE_RATE * free(facts), claims(facts))));
        reasons.sort(Comparator.comparingDouble(Reason::points).reversed());
        return reasons.stream()
                .map(
                        reason ->
                                String.format(
                                        Locale.ROOT, "%s (+%.0f)", reason.words, reason.points))
                .toList();
    }

    // ---- parts, each 0 to 1 ----

    private static double liveness(Facts facts, Instant now) {
        return facts.heardAt()
                .map(
                        heard ->
                                switch (Liveness.of(heard, now)) {
                                    case Liveness.Online _ -> 1.0;
                                    case Liveness.Stale _ -> 0.5 * (1 - silence(heard, now));
                                    case Liveness.Offline _ -> 0.0;
                                })
                .orElse(UNHEARD);
    }

    /** Which part of the time is over after which a silent one is gone. */
    private static double silence(Instant heard, Instant now) {
        return (double) Duration.between(heard, now).toMillis() / Liveness.STALE.toMillis();
    }

    /** Half at the median, more below it, less above it. */
    private static double price(Facts facts, Yardstick market) {
        double beside = Math.max(CHEAPEST, facts.price() / market.medianPrice());
        return 1 / (1 + beside);
    }

    /** Half at the median. */
    private static double stake(Facts facts, Yardstick market) {
        return facts.stake() <= 0 ? 0 : facts.stake() / (facts.stake() + market.medianStake());
    }

    private static double uptime(Facts facts) {
        if (!facts.watched().isPositive()) {
            return 0;
        }
        double there = (double) facts.up().toMillis() / Math.max(1, facts.watched().toMillis());
        double known = Math.min(1, (double) facts.watched().toMillis() / WATCHED.toMillis());
        return Math.min(1, there) * known;
    }

    private static double free(Facts facts) {
        return facts.freeBitsPerSecond() <= 0
                ? 0
                : facts.freeBitsPerSecond() / (facts.freeBitsPerSecond() + USEFUL_RATE);
    }

    // ---- the same in words ----

    private static String heard(Facts facts, Instant now) {
        return facts.heardAt()
                .map(
                        heard ->
                                switch (Liveness.of(heard, now)) {
                                    case Liveness.Online _ -> "online";
                                    case Liveness.Stale _ ->
                                            "silent for %d s"
                                                    .formatted(
                                                            Duration.between(heard, now)
                                                                    .toSeconds());
                                    case Liveness.Offline _ -> "offline";
                                })
                .orElse("not heard of yet");
    }

    private static String asks(Facts facts, Yardstick market) {
        double beside = facts.price() / market.medianPrice();
        long percent = Math.round(Math.abs(beside - 1) * 100);
        if (percent == 0) {
            return "asks the median price";
        }
        return beside < 1
                ? "%d %% cheaper than the median".formatted(percent)
                : beside <= 10
                        ? "%d %% dearer than the median".formatted(percent)
                        : "more than ten times as dear as the median";
    }

    private static String staked(Facts facts, Yardstick market) {
        if (facts.stake() < 0) {
            return "stake not looked at";
        }
        if (facts.stake() == 0) {
            return "no stake";
        }
        return facts.stake() >= market.medianStake()
                ? "stake at or above the median"
                : "stake below the median";
    }

    private static String watched(Facts facts) {
        if (!facts.watched().isPositive()) {
            return "not watched yet";
        }
        long percent =
                Math.min(
                        100, 100 * facts.up().toMillis() / Math.max(1, facts.watched().toMillis()));
        Duration watched = facts.watched();
        return "there %d %% of %s"
                .formatted(
                        percent,
                        watched.toHours() > 0
                                ? watched.toHours() + " h watched"
                                : watched.toMinutes() + " min watched");
    }

    private static String claims(Facts facts) {
        return facts.freeBitsPerSecond() < 0
                ? "says nothing of free capacity"
                : "says that %d Mbit/s are free".formatted(facts.freeBitsPerSecond() / 1_000_000);
    }
}
