package org.flowshield.node.api.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.node.api.RefusedException;
import org.jspecify.annotations.Nullable;

/** What stands behind a path's question mark. Those that are taken are gone; for one thread. */
final class Parameters {

    /** Each parameter at most once, and what they are read to; more is not read at all. */
    private static final int MAX_QUERY_CHARS = 512;

    private static final int MAX_DIGITS = 16;

    private final Map<String, String> given = new LinkedHashMap<>();

    /**
     * @throws RefusedException if it is not written as queries are
     */
    Parameters(String query) throws RefusedException {
        if (query.length() > MAX_QUERY_CHARS) {
            throw Operations.invalid("the query has more than " + MAX_QUERY_CHARS + " characters");
        }
        if (query.isEmpty()) {
            return;
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
    }

    /** What was given by that name; null if nothing was. */
    @Nullable String take(String name) {
        return given.remove(name);
    }

    /**
     * @throws IllegalArgumentException if it is no number
     */
    long number(String name, long otherwise) {
        String said = take(name);
        if (said == null) {
            return otherwise;
        }
        if (!said.matches("\\d{1," + MAX_DIGITS + "}")) {
            throw new IllegalArgumentException("\"" + name + "\" is a whole number");
        }
        return Long.parseLong(said);
    }

    /**
     * @param known the names of all that can be taken
     * @throws RefusedException if something is left
     */
    void requireTaken(String known) throws RefusedException {
        if (!given.isEmpty()) {
            throw Operations.invalid(
                    "there is no parameter \""
                            + given.keySet().iterator().next()
                            + "\"; known: "
                            + known);
        }
    }
}
