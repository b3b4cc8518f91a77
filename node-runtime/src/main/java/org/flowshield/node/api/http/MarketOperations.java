package org.flowshield.node.api.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.http.Operations.Input;
import org.flowshield.node.api.market.Marketplace;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSort;
import org.jspecify.annotations.Nullable;

/** What the API does with the market. Safe for use by any thread; waits for other nodes. */
final class MarketOperations {

    static final String PROVIDERS = "/v1/providers";

    /** Each parameter at most once, and what they are read to; more is not read at all. */
    private static final int MAX_QUERY_CHARS = 512;

    private static final int MAX_DIGITS = 16;

    private final Marketplace market;

    MarketOperations(Marketplace market) {
        this.market = market;
    }

    Object providers(Input input) throws RefusedException, InterruptedException {
        Operations.nothing(input.body());
        return market.find(query(input.query()));
    }

    private static ProviderQuery query(String query) throws RefusedException {
        Map<String, String> given = parameters(query);
        ProviderQuery any = ProviderQuery.ANY;
        try {
            ProviderQuery asked =
                    new ProviderQuery(
                            given.remove("country"),
                            price(given.remove("max_price")),
                            number(given, "min_bits_per_second", any.minBitsPerSecond()),
                            sort(given.remove("sort"), any.sort()),
                            Math.toIntExact(number(given, "limit", any.limit())));
            if (!given.isEmpty()) {
                throw Operations.invalid(
                        "there is no parameter \""
                                + given.keySet().iterator().next()
                                + "\"; known: country, max_price, min_bits_per_second, sort, limit");
            }
            return asked;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Operations.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> parameters(String query) throws RefusedException {
        if (query.length() > MAX_QUERY_CHARS) {
            throw Operations.invalid("the query has more than " + MAX_QUERY_CHARS + " characters");
        }
        Map<String, String> given = new LinkedHashMap<>();
        if (query.isEmpty()) {
            return given;
        }
        for (String one : query.split("&", -1)) {
            int equals = one.indexOf('=');
            if (equals <= 0) {
                throw Operations.invalid("the query is NAME=VALUE, joined by &");
            }
            try {
                String value = URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8);
                if (given.put(one.substring(0, equals), value) != null) {
                    throw Operations.invalid("\"" + one.substring(0, equals) + "\" is there twice");
                }
            } catch (IllegalArgumentException e) {
                throw Operations.invalid("the query is not encoded as URLs are");
            }
        }
        return given;
    }

    private static @Nullable TokenAmount price(@Nullable String said) throws RefusedException {
        if (said == null) {
            return null;
        }
        try {
            return TokenAmount.parse(said);
        } catch (MalformedAmountException e) {
            throw Operations.invalid("\"max_price\": " + e.getMessage());
        }
    }

    private static long number(Map<String, String> given, String name, long otherwise) {
        String said = given.remove(name);
        if (said == null) {
            return otherwise;
        }
        if (!said.matches("\\d{1," + MAX_DIGITS + "}")) {
            throw new IllegalArgumentException("\"" + name + "\" is a whole number");
        }
        return Long.parseLong(said);
    }

    private static ProviderSort sort(@Nullable String said, ProviderSort otherwise) {
        if (said == null) {
            return otherwise;
        }
        for (ProviderSort sort : ProviderSort.values()) {
            if (sort.name().toLowerCase(Locale.ROOT).equals(said)) {
                return sort;
            }
        }
        throw new IllegalArgumentException("\"sort\" is quality, price or speed");
    }
}
