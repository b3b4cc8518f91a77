package org.flowshield.app.providers;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flowshield.node.api.market.FoundProvider;
import org.jspecify.annotations.Nullable;

/**
 * What was found, as the table shows it. Immutable; made by a thread beside, since thousands are
 * filtered and sorted.
 *
 * @param selected where the selected one is now; -1: it is gone, or none was
 */
record Arrangement(List<Row> rows, int selected) {

    Arrangement {
        rows = List.copyOf(rows);
    }

    /**
     * Filters and sorts.
     *
     * @param countries the name of a country, or of none
     * @param selected peer id; null: none
     */
    static Arrangement of(
            List<FoundProvider> found,
            Filter filter,
            Set<String> favourites,
            Function<@Nullable String, String> countries,
            @Nullable String selected) {
        Map<String, String> names = new HashMap<>();
        String search = filter.search().strip().toLowerCase(Locale.ROOT);
        Stream<Row> rows =
                found.stream()
                        .map(
                                one ->
                                        new Row(
                                                one,
                                                names.computeIfAbsent(
                                                        "" + one.country(),
                                                        _ -> countries.apply(one.country())),
                                                favourites.contains(one.peerId())))
                        .filter(row -> !filter.favourites() || row.favourite())
                        .filter(row -> search.isEmpty() || matches(row, search));
        Column column = filter.column();
        List<Row> sorted =
                (column == null ? rows : rows.sorted(column.order(filter.descending()))).toList();
        return new Arrangement(sorted, index(sorted, selected));
    }

    private static boolean matches(Row row, String search) {
        String code = row.provider().country();
        return row.country().toLowerCase(Locale.ROOT).contains(search)
                || row.peerId().toLowerCase(Locale.ROOT).contains(search)
                || (code != null && code.toLowerCase(Locale.ROOT).equals(search));
    }

    private static int index(List<Row> rows, @Nullable String peerId) {
        for (int i = 0; peerId != null && i < rows.size(); i++) {
            if (rows.get(i).peerId().equals(peerId)) {
                return i;
            }
        }
        return -1;
    }
}
