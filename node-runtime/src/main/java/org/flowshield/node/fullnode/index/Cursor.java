package org.flowshield.node.fullnode.index;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.node.market.matching.Query;

/**
 * Where a page ended: the place of its last provider in the order. Immutable. Who is behind that
 * place comes on the next page, whatever happened meanwhile to those before it.
 *
 * @param major what is sorted by first, the least first
 * @param minor what is sorted by then
 * @param place of the node, by which equals are told apart
 * @param slot where nodes of one place are told apart
 */
record Cursor(Query.Sort sort, long major, long minor, long place, int slot) {

    private static final Pattern FORM =
            Pattern.compile(
                    "([qps])\\.([0-9a-f]{1,16})\\.([0-9a-f]{1,16})\\.([0-9a-f]{1,16})\\.([0-9a-f]{1,7})");

    private static final int HEX = 16;

    private static char letter(Query.Sort sort) {
        return switch (sort) {
            case QUALITY -> 'q';
            case PRICE -> 'p';
            case SPEED -> 's';
        };
    }

    /** Reads one of this order; empty if it is none. */
    static Optional<Cursor> parse(String text, Query.Sort sort) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || parts.group(1).charAt(0) != letter(sort)) {
            return Optional.empty();
        }
        return Optional.of(
                new Cursor(
                        sort,
                        Long.parseUnsignedLong(parts.group(2), HEX),
                        Long.parseUnsignedLong(parts.group(3), HEX),
                        Long.parseUnsignedLong(parts.group(4), HEX),
                        Integer.parseInt(parts.group(5), HEX)));
    }

    String encode() {
        return letter(sort)
                + "."
                + Long.toHexString(major)
                + "."
                + Long.toHexString(minor)
                + "."
                + Long.toHexString(place)
                + "."
                + Integer.toHexString(slot);
    }
}
