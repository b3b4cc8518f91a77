package org.flowshield.node.fullnode.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Service;
import org.jspecify.annotations.Nullable;

/** What a URL asks of the market. Pure. */
final class Parameters {

    /** A cursor and a few numbers. */
    static final int MAX_LENGTH = 1024;

    static final int DEFAULT_LIMIT = 50;

    private static final Set<String> NAMES =
            new TreeSet<>(Set.of("country", "max_price", "min_mbps", "sort", "limit", "after"));

    private static final long MEGA = 1_000_000;
    private static final int MOST_DIGITS = 9;

    /** A parameter is wrong; the message says which and how. */
    static final class WrongException extends Exception {
        WrongException(String message) {
            super(message);
        }
    }

    private Parameters() {}

    /**
     * Reads a query.
     *
     * @param raw behind the question mark, empty if there is none
     */
    static Query query(String raw) throws WrongException {
        Map<String, String> given = split(raw);
        for (String name : given.keySet()) {
            if (!NAMES.contains(name)) {
                throw new WrongException(
                        "there is no parameter '" + printable(name) + "', only " + NAMES);
            }
        }
        try {
            return new Query(
                    country(given.get("country")),
                    price(given.get("max_price")),
                    Math.multiplyExact(number(given, "min_mbps", 0), MEGA),
                    sort(given.getOrDefault("sort", "quality")),
                    (int) number(given, "limit", DEFAULT_LIMIT),
                    Optional.ofNullable(given.get("after")));
        } catch (IllegalArgumentException e) {
            throw new WrongException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> split(String raw) throws WrongException {
        Map<String, String> given = new LinkedHashMap<>();
        if (raw.length() > MAX_LENGTH) {
            throw new WrongException("a query has at most " + MAX_LENGTH + " characters");
        }
        for (String part : raw.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = decoded(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
            if (given.containsKey(name)) {
                throw new WrongException("'" + printable(name) + "' is given twice");
            }
            if (!value.isEmpty()) { // a form sends what was left empty, too
                given.put(name, value);
            }
        }
        return given;
    }

    private static String decoded(String text) throws WrongException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new WrongException("the query is not encoded as URLs are");
        }
    }

    private static Optional<Country> country(@Nullable String code) {
        return Optional.ofNullable(code).map(some -> new Country(some.toUpperCase(Locale.ROOT)));
    }

    private static Optional<TokenAmount> price(@Nullable String amount) throws WrongException {
        if (amount == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(TokenAmount.parse(amount));
        } catch (MalformedAmountException e) {
            throw new WrongException("max_price is an amount of FLOW such as 0.05");
        }
    }

    private static long number(Map<String, String> given, String name, long otherwise)
            throws WrongException {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        if (text.isEmpty()
                || text.length() > MOST_DIGITS
                || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new WrongException(name + " is a whole number");
        }
        long number = Long.parseLong(text);
        if (name.equals("min_mbps") && number > Service.MOST_BITS_PER_SECOND / MEGA) {
            throw new WrongException(name + " is more than anybody could serve");
        }
        return number;
    }

    private static Query.Sort sort(String word) throws WrongException {
        return switch (word) {
            case "quality" -> Query.Sort.QUALITY;
            case "price" -> Query.Sort.PRICE;
            case "speed" -> Query.Sort.SPEED;
            default -> throw new WrongException("sort is one of quality, price, speed");
        };
    }

    private static String printable(String text) {
        String seen = text.replaceAll("[^\\x20-\\x7e]", "?");
        return seen.length() > 40 ? seen.substring(0, 40) + "..." : seen;
    }
}
