package org.flowshield.node.fullnode.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a market stands. Immutable. Countries and rates are what providers say of themselves.
 *
 * @param at when it was counted
 * @param offers that hold
 * @param wallets that stand behind them
 * @param heartbeatsPerSecond that were taken in since it was counted before
 * @param countries how many offers there are in each; {@code ??} of those who do not say
 * @param prices of a GiB in units: lowest, lower quartile, median, upper quartile, highest; empty
 *     without an offer
 * @param bitsPerSecond of all that are there together
 * @param sessions of all that are there together
 * @param stake of all wallets together, in units
 */
public record MarketSummary(
        Instant at,
        int offers,
        int online,
        int stale,
        int offline,
        int unheard,
        int wallets,
        double heartbeatsPerSecond,
        Map<String, Integer> countries,
        List<Double> prices,
        double bitsPerSecond,
        long sessions,
        double stake) {

    public static final MarketSummary NONE =
            new MarketSummary(Instant.EPOCH, 0, 0, 0, 0, 0, 0, 0, Map.of(), List.of(), 0, 0, 0);

    public MarketSummary {
        countries = Map.copyOf(countries);
        prices = List.copyOf(prices);
    }
}
