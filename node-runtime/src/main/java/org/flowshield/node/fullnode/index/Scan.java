package org.flowshield.node.fullnode.index;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.matching.Query;

/** What a row has to be for a query, and the pass through all rows that finds such. Immutable. */
final class Scan {

    private final Query.Sort sort;
    private final long now;
    private final short country;
    private final boolean anyCountry;
    private final boolean anyPrice;
    private final long price;
    private final long priceRest;
    private final long rate;

    Scan(Query query, Instant now) {
        this.sort = query.sort();
        this.now = now.toEpochMilli();
        anyCountry = query.country().isEmpty();
        country = Columns.code(query.country());
        anyPrice = query.maxPrice().isEmpty();
        price = query.maxPrice().map(Columns::bits).orElse(0L);
        priceRest = query.maxPrice().map(Columns::rest).orElse(0L);
        rate = query.minBitsPerSecond();
    }

    boolean fits(Columns read, int slot) {
        return (anyCountry || read.country[slot] == country)
                && read.rate[slot] >= rate
                && (anyPrice
                        || read.price[slot] < price
                        || (read.price[slot] == price && read.priceRest[slot] <= priceRest))
                && read.validUntil[slot] > now
                && now - read.sign[slot] < Liveness.STALE.toMillis();
    }

    /**
     * Looks through all rows; needs no lock.
     *
     * @param rows slots below this are looked at
     * @param cursor where the page before has ended
     * @param best gets those that fit
     */
    void run(Columns read, int rows, Optional<Cursor> cursor, Best best) {
        Cursor after = cursor.orElse(new Cursor(sort, -1, Long.MIN_VALUE, 0, -1));
        for (int slot = 0; slot < rows; slot++) {
            long major = read.major(sort, slot);
            if (major >= after.major() && best.wants(major) && fits(read, slot)) {
                long minor = read.minor(sort, slot);
                long place = read.place[slot];
                if (Best.compare(
                                major,
                                minor,
                                place,
                                slot,
                                after.major(),
                                after.minor(),
                                after.place(),
                                after.slot())
                        > 0) {
                    best.offer(major, minor, place, slot);
                }
            }
        }
    }
}
