package org.flowshield.node.fullnode.http;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flowshield.node.fullnode.index.MarketSummary;
import org.jspecify.annotations.Nullable;

/**
 * The market as JSON. Countries, rates and sessions are what providers say of themselves.
 *
 * @param prices of a GiB in FLOW; null without an offer
 */
record NetworkBody(
        String countedAt,
        int offers,
        int online,
        int stale,
        int offline,
        int unheard,
        int wallets,
        double heartbeatsPerSecond,
        Map<String, Integer> claimedCountries,
        @Nullable Prices prices,
        double claimedBitsPerSecond,
        long claimedSessions,
        String stake) {

    /** Lowest, quartiles and highest. */
    record Prices(
            String lowest,
            String lowerQuartile,
            String median,
            String upperQuartile,
            String highest) {

        static @Nullable Prices of(List<Double> units) {
            if (units.isEmpty()) {
                return null;
            }
            List<String> flow = units.stream().map(NetworkBody::flow).toList();
            return new Prices(flow.get(0), flow.get(1), flow.get(2), flow.get(3), flow.get(4));
        }
    }

    private static final int DECIMALS = 18;

    static NetworkBody of(MarketSummary summary) {
        return new NetworkBody(
                summary.at().toString(),
                summary.offers(),
                summary.online(),
                summary.stale(),
                summary.offline(),
                summary.unheard(),
                summary.wallets(),
                Math.round(summary.heartbeatsPerSecond() * 10) / 10.0,
                new TreeMap<>(summary.countries()),
                Prices.of(summary.prices()),
                summary.bitsPerSecond(),
                summary.sessions(),
                flow(summary.stake()));
    }

    private static String flow(double units) {
        return new BigDecimal(units, MathContext.DECIMAL32)
                .movePointLeft(DECIMALS)
                .stripTrailingZeros()
                .toPlainString();
    }
}
