package org.flowshield.node.wallet.agent;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;

/**
 * Which numbers of transactions were given to whom: two programs that send from one account at the
 * same time get two. For use by one thread at a time.
 */
final class NumberBook {

    /**
     * So long a number stays taken that the chain has not heard of: as long as a person looks at
     * what is to be signed, and whoever sends waits for the chain.
     */
    static final Duration TAKEN_FOR = Duration.ofMinutes(15);

    /** Nodes keep 16 transactions of an account ready for blocks, and few more in all (geth). */
    static final int MAX_WAITING = 16;

    /** More chains and accounts at once are a program that ran away. */
    static final int MAX_LINES = 256;

    private record Place(ChainId chain, EvmAddress account) {}

    /** By place, the numbers that are taken and since when, in nanoseconds. */
    private final Map<Place, Map<Long, Long>> lines = new LinkedHashMap<>();

    /**
     * Gives the next number.
     *
     * @param pending what the chain says is next: it knows of all below
     * @throws RefusedException if too many wait already
     */
    long take(ChainId chain, EvmAddress account, long pending, long nowNanos)
            throws RefusedException {
        Place place = new Place(chain, account);
        Map<Long, Long> line = lines.computeIfAbsent(place, _ -> new HashMap<>());
        line.entrySet()
                .removeIf(
                        taken ->
                                taken.getKey() < pending
                                        || nowNanos - taken.getValue() > TAKEN_FOR.toNanos());
        if (line.size() >= MAX_WAITING) {
            throw refused(
                    line.size()
                            + " transactions of this account wait for the chain already; nothing"
                            + " was sent",
                    "wait until some of them are done: flowshield wallet history");
        }
        long number = pending;
        while (line.containsKey(number)) {
            number++;
        }
        line.put(number, nowNanos);
        forgetOthers(place, nowNanos);
        return number;
    }

    /** The number was not used after all. */
    void giveBack(ChainId chain, EvmAddress account, long number) {
        Map<Long, Long> line = lines.get(new Place(chain, account));
        if (line != null) {
            Long _ = line.remove(number);
        }
    }

    private void forgetOthers(Place place, long nowNanos) throws RefusedException {
        if (lines.size() <= MAX_LINES) {
            return;
        }
        lines.entrySet()
                .removeIf(
                        line ->
                                !line.getKey().equals(place)
                                        && line.getValue().values().stream()
                                                .allMatch(
                                                        since ->
                                                                nowNanos - since
                                                                        > TAKEN_FOR.toNanos()));
        if (lines.size() > MAX_LINES) {
            Map<Long, Long> _ = lines.remove(place);
            throw refused(
                    "transactions of " + MAX_LINES + " accounts wait already; nothing was sent",
                    "look for the program that sends them, then: flowshield wallet lock");
        }
    }

    private static RefusedException refused(String message, String action) {
        return new RefusedException(Kind.REFUSED, new Problem("too_many_waiting", message, action));
    }
}
