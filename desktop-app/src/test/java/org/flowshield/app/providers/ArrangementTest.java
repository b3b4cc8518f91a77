package org.flowshield.app.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.flowshield.app.testkit.Samples;
import org.flowshield.node.api.market.FoundProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ArrangementTest {

    private static final List<FoundProvider> MARKET = Samples.market().providers();

    @Test
    void without_a_wish_the_daemons_order_stays() {
        assertThat(arranged(Filter.NONE, null).rows())
                .extracting(Row::provider)
                .containsExactlyElementsOf(MARKET);
    }

    @Test
    void a_search_finds_countries_and_ids() {
        assertThat(arranged(Filter.NONE.withSearch("nether"), null).rows()).hasSize(2);
        assertThat(arranged(Filter.NONE.withSearch(Samples.peer(4).substring(20)), null).rows())
                .extracting(Row::peerId)
                .containsExactly(Samples.peer(4));
        assertThat(arranged(Filter.NONE.withSearch("nobody"), null).rows()).isEmpty();
    }

    @Test
    void each_column_sorts_both_ways() {
        for (Column column : Column.values()) {
            List<Row> up = arranged(Filter.NONE.withColumn(column, false), null).rows();
            List<Row> down = arranged(Filter.NONE.withColumn(column, true), null).rows();
            assertThat(up).as(column.key()).isSortedAccordingTo(column.order(false));
            assertThat(down).as(column.key()).isSortedAccordingTo(column.order(true));
        }
        assertThat(arranged(Filter.NONE.withColumn(Column.PRICE, false), null).rows().getFirst())
                .extracting(row -> row.provider().pricePerGib())
                .isEqualTo(Samples.flow("0.3"));
    }

    @Test
    void favourites_are_marked_and_can_be_all_that_is_shown() {
        assertThat(arranged(Filter.NONE.withFavourites(true), null).rows())
                .extracting(Row::peerId)
                .containsExactly(Samples.peer(3));
    }

    @Test
    void what_was_selected_is_found_again() {
        assertThat(arranged(Filter.NONE, Samples.peer(5)).selected()).isEqualTo(4);
        assertThat(arranged(Filter.NONE, "gone").selected()).isEqualTo(-1);
        assertThat(arranged(Filter.NONE, null).selected()).isEqualTo(-1);
    }

    private static Arrangement arranged(Filter filter, @Nullable String selected) {
        return Arrangement.of(
                MARKET,
                filter,
                Set.of(Samples.peer(3)),
                code ->
                        code == null
                                ? "nowhere"
                                : java.util.Locale.of("", code)
                                        .getDisplayCountry(java.util.Locale.ENGLISH),
                selected);
    }
}
