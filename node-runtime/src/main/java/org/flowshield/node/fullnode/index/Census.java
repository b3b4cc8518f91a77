package org.flowshield.node.fullnode.index;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.matching.Matching;
import org.flowshield.node.payment.Country;

/** The market, counted in one pass through all rows. For one thread. */
final class Census {

    private static final String NO_COUNTRY = "??";

    /** Numbers to begin with. */
    private static final int FIRST_CAPACITY = 1024;

    private final Numbers prices = new Numbers();
    private final Numbers stakes = new Numbers();
    private final int[] countries = new int[1 + 26 * 26];
    private final int[] states = new int[3];
    private int offers;
    private int unheard;
    private double rate;
    private long sessions;
    private double stake;

    /** Stake of a wallet is shared by its nodes. */
    void count(Columns columns, int slot, int nodes, long now) {
        offers++;
        prices.add(columns.price(slot));
        double staked = Objects.requireNonNull(columns.stake[slot]).units().doubleValue();
        stakes.add(staked);
        stake += staked / nodes;
        countries[columns.country[slot]]++;
        if (columns.heardAt[slot] == 0) {
            unheard++;
            return;
        }
        long silence = now - columns.heardAt[slot];
        int state =
                silence < Liveness.ONLINE.toMillis()
                        ? 0
                        : silence < Liveness.STALE.toMillis() ? 1 : 2;
        states[state]++;
        if (state == 0) {
            rate += columns.rate[slot];
            SignedHeartbeat beat = columns.beat[slot];
            sessions += beat == null ? 0 : beat.heartbeat().sessions();
        }
    }

    Matching.Yardstick yardstick() {
        return Matching.Yardstick.of(prices.all(), stakes.all());
    }

    MarketSummary summary(Instant now, int wallets, long beats, MarketSummary before) {
        double[] sorted = prices.all();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        Map<String, Integer> named = new TreeMap<>();
        for (short code = 0; code < countries.length; code++) {
            if (countries[code] > 0) {
                named.put(
                        Columns.country(code).map(Country::code).orElse(NO_COUNTRY),
                        countries[code]);
            }
        }
        double seconds = Duration.between(before.at(), now).toMillis() / 1000.0;
        return new MarketSummary(
                now,
                offers,
                states[0],
                states[1],
                states[2],
                unheard,
                wallets,
                seconds <= 0 || before.at().equals(Instant.EPOCH) ? 0 : beats / seconds,
                named,
                last < 0
                        ? List.of()
                        : List.of(
                                sorted[0],
                                sorted[last / 4],
                                sorted[last / 2],
                                sorted[last * 3 / 4],
                                sorted[last]),
                rate,
                sessions,
                stake);
    }

    /** A list of numbers that grows. */
    private static final class Numbers {

        private double[] values = new double[FIRST_CAPACITY];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        double[] all() {
            return Arrays.copyOf(values, size);
        }
    }
}
