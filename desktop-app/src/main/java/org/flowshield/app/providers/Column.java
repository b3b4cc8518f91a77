package org.flowshield.app.providers;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.flowshield.contracts.evm.TokenAmount;

/** What the table says of a provider, and how it is sorted by that. */
enum Column {
    FAVOURITE,
    COUNTRY,
    PRICE,
    SPEED,
    FREE,
    ALIVE,
    STAKE,
    SCORE;

    /** Names it in texts and in the ids of nodes. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    Comparator<Row> order(boolean descending) {
        Comparator<Row> ascending =
                switch (this) {
                    case FAVOURITE -> Comparator.comparing(row -> !row.favourite());
                    case COUNTRY -> Comparator.comparing(Row::country);
                    case PRICE -> Comparator.comparing(row -> row.provider().pricePerGib());
                    case SPEED ->
                            Comparator.comparingLong(row -> row.provider().claimedBitsPerSecond());
                    case FREE -> Comparator.comparingLong(Column::free);
                    case ALIVE -> Comparator.comparing(Column::heard);
                    case STAKE -> Comparator.comparing(Column::stake);
                    case SCORE -> Comparator.comparingDouble(row -> row.provider().score());
                };
        return descending ? ascending.reversed() : ascending;
    }

    private static long free(Row row) {
        Long free = row.provider().freeBitsPerSecond();
        return free == null ? -1 : free;
    }

    private static Instant heard(Row row) {
        Instant heard = row.provider().heardAt();
        return heard == null ? Instant.MIN : heard;
    }

    private static TokenAmount stake(Row row) {
        TokenAmount stake = row.provider().stake();
        return stake == null ? TokenAmount.ZERO : stake;
    }
}
