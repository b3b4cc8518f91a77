package org.flowshield.app.providers;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSort;
import org.jspecify.annotations.Nullable;

/**
 * Which providers a person wants to see, and in which order. Immutable.
 *
 * @param search part of a country's name or of an id; empty: all
 * @param country two letters; null: anywhere
 * @param maxPrice for a GiB; null: any
 * @param minBitsPerSecond claimed; 0: any
 * @param sort whom the daemon is to name first
 * @param favourites only those
 * @param column how the table is sorted; null: as the daemon has
 */
record Filter(
        String search,
        @Nullable String country,
        @Nullable TokenAmount maxPrice,
        long minBitsPerSecond,
        ProviderSort sort,
        boolean favourites,
        @Nullable Column column,
        boolean descending) {

    static final Filter NONE =
            new Filter("", null, null, 0, ProviderSort.QUALITY, false, null, false);

    /** The question to the daemon, which answers with a page. */
    ProviderQuery query() {
        return new ProviderQuery(country, maxPrice, minBitsPerSecond, sort, ProviderQuery.MOST);
    }

    Filter withSearch(String text) {
        return new Filter(
                text, country, maxPrice, minBitsPerSecond, sort, favourites, column, descending);
    }

    Filter withCountry(@Nullable String code) {
        return new Filter(
                search, code, maxPrice, minBitsPerSecond, sort, favourites, column, descending);
    }

    Filter withMaxPrice(@Nullable TokenAmount most) {
        return new Filter(
                search, country, most, minBitsPerSecond, sort, favourites, column, descending);
    }

    Filter withMinBitsPerSecond(long least) {
        return new Filter(search, country, maxPrice, least, sort, favourites, column, descending);
    }

    Filter withSort(ProviderSort first) {
        return new Filter(
                search, country, maxPrice, minBitsPerSecond, first, favourites, null, false);
    }

    Filter withFavourites(boolean only) {
        return new Filter(
                search, country, maxPrice, minBitsPerSecond, sort, only, column, descending);
    }

    Filter withColumn(@Nullable Column by, boolean reverse) {
        return new Filter(
                search, country, maxPrice, minBitsPerSecond, sort, favourites, by, reverse);
    }
}
