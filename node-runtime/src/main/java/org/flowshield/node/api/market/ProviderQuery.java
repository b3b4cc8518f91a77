package org.flowshield.node.api.market;

import java.util.Locale;
import java.util.Set;
import org.flowshield.contracts.evm.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * Which providers somebody looks for. Immutable.
 *
 * @param country where they say that they are: two letters of ISO 3166-1, such as NL; null:
 *     anywhere
 * @param maxPrice the most that they may ask for a GiB; null: whatever they ask
 * @param minBitsPerSecond the least that they say they serve; 0: whatever they say
 * @param limit how many, 1 to {@value #MOST}
 */
public record ProviderQuery(
        @Nullable String country,
        @Nullable TokenAmount maxPrice,
        long minBitsPerSecond,
        ProviderSort sort,
        int limit) {

    public static final int MOST = 100;

    /** As many as a screen shows. */
    public static final int DEFAULT_LIMIT = 20;

    /** Whoever there is, the best first. */
    public static final ProviderQuery ANY =
            new ProviderQuery(null, null, 0, ProviderSort.QUALITY, DEFAULT_LIMIT);

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /**
     * @throws IllegalArgumentException if nobody could look for that; the message is for people
     */
    public ProviderQuery {
        if (country != null && !isCountry(country)) {
            throw new IllegalArgumentException(notCountry(country));
        }
        if (minBitsPerSecond < 0) {
            throw new IllegalArgumentException("a rate is 0 bit/s or more");
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is 1 to " + MOST);
        }
    }

    /** Whether ISO 3166-1 has these two letters. */
    public static boolean isCountry(String code) {
        return COUNTRIES.contains(code);
    }

    /** What is said of letters that are none. */
    public static String notCountry(String code) {
        return "there is no country '"
                + (code.length() > 16 ? code.substring(0, 16) + "..." : code)
                + "': give two capital letters of ISO 3166-1, such as NL";
    }
}
