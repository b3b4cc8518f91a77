package org.flowshield.node.market.matching;

import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Service;

/**
 * Which providers somebody looks for. Immutable.
 *
 * @param country where they say they are; empty: anywhere
 * @param maxPrice the most that they may ask for a GiB; empty: whatever they ask
 * @param minBitsPerSecond the least that they say they serve; 0: whatever they say
 * @param sort what comes first
 * @param limit how many, 1 to {@value #MOST}
 * @param after goes on behind an earlier page; empty: from the beginning
 */
public record Query(
        Optional<Country> country,
        Optional<TokenAmount> maxPrice,
        long minBitsPerSecond,
        Sort sort,
        int limit,
        Optional<String> after) {

    public static final int MOST = 100;

    /** What a page's cursor has at the most. */
    public static final int MAX_CURSOR_CHARS = 256;

    /** What comes first. */
    public enum Sort {
        /** The best by the documented score. */
        QUALITY,
        /** The cheapest. */
        PRICE,
        /** The fastest by its own word. */
        SPEED
    }

    /** Whoever there is, the best first. */
    public static final Query ANY =
            new Query(Optional.empty(), Optional.empty(), 0, Sort.QUALITY, MOST, Optional.empty());

    /**
     * @throws IllegalArgumentException if nobody could look for that
     */
    public Query {
        if (limit < 1 || limit > MOST || minBitsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "limit is 1 to %d and rates are 0 or more".formatted(MOST));
        }
        if (after.map(String::length).orElse(0) > MAX_CURSOR_CHARS) {
            throw new IllegalArgumentException("that is no cursor");
        }
    }

    /** Whether an offer is what is looked for, by its own word. */
    public boolean fits(Offer offer) {
        Service service = offer.service();
        return (country.isEmpty() || country.equals(service.country()))
                && maxPrice.map(most -> !offer.price().perGiB().isMoreThan(most)).orElse(true)
                && service.bitsPerSecond() >= minBitsPerSecond;
    }
}
