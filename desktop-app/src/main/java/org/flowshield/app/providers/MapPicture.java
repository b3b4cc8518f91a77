package org.flowshield.app.providers;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flowshield.app.providers.map.CountryMark;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.ProviderQuery;

/**
 * What the map shows, and its legend. Immutable; made by a thread beside.
 *
 * @param legend what each shade stands for, the palest first; empty: nothing has that shade
 * @param countries codes of the marks, in the order of their names in the chosen language
 */
record MapPicture(List<CountryMark> marks, List<String> legend, List<String> countries) {

    static final MapPicture EMPTY = new MapPicture(List.of(), List.of(), List.of());

    /** What colours stand for. */
    enum By {
        NUMBER,
        PRICE
    }

    MapPicture {
        marks = List.copyOf(marks);
        legend = List.copyOf(legend);
        countries = List.copyOf(countries);
    }

    /**
     * Names of countries take their time to be looked up: once for each, and by a thread beside.
     */
    private static MapPicture of(List<CountryMark> marks, List<String> legend, Format format) {
        Map<String, String> names = new HashMap<>();
        marks.forEach(mark -> names.put(mark.code(), format.country(mark.code())));
        List<String> countries =
                names.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .toList();
        return new MapPicture(marks, legend, countries);
    }

    /** Who is where. */
    private record Country(int providers, TokenAmount cheapest) {

        static Country of(FoundProvider first) {
            return new Country(1, first.pricePerGib());
        }

        Country and(Country other) {
            return new Country(providers + other.providers, cheapest.min(other.cheapest));
        }
    }

    static MapPicture of(List<FoundProvider> found, By by, Format format, Texts texts) {
        Map<String, Country> countries = new TreeMap<>();
        for (FoundProvider one : found) {
            String code = one.country();
            if (code != null && ProviderQuery.isCountry(code)) {
                countries.merge(code, Country.of(one), Country::and);
            }
        }
        if (countries.isEmpty()) {
            return EMPTY;
        }
        return switch (by) {
            case NUMBER -> byNumber(countries, format, texts);
            case PRICE -> byPrice(countries, format, texts);
        };
    }

    private static MapPicture byNumber(Map<String, Country> countries, Format format, Texts texts) {
        int most = countries.values().stream().mapToInt(Country::providers).max().orElse(1);
        List<String> legend = new ArrayList<>();
        for (int shade = 0; shade < CountryMark.SHADES; shade++) {
            int from = shade * most / CountryMark.SHADES + 1;
            int to = (shade + 1) * most / CountryMark.SHADES;
            legend.add(
                    from > to
                            ? ""
                            : from == to
                                    ? format.count(from)
                                    : format.count(from) + "–" + format.count(to));
        }
        return of(
                marks(
                        countries,
                        country -> (country.providers() * CountryMark.SHADES + most - 1) / most - 1,
                        format,
                        texts),
                legend,
                format);
    }

    /** The cheapest have the strongest colour: as with numbers, more colour is better. */
    private static MapPicture byPrice(Map<String, Country> countries, Format format, Texts texts) {
        BigInteger least =
                countries.values().stream()
                        .map(country -> country.cheapest().units())
                        .min(BigInteger::compareTo)
                        .orElse(BigInteger.ZERO);
        BigInteger most =
                countries.values().stream()
                        .map(country -> country.cheapest().units())
                        .max(BigInteger::compareTo)
                        .orElse(BigInteger.ZERO);
        BigInteger range = most.subtract(least).max(BigInteger.ONE);
        BigInteger shades = BigInteger.valueOf(CountryMark.SHADES);
        List<String> legend = new ArrayList<>();
        for (int shade = 0; shade < CountryMark.SHADES; shade++) {
            BigInteger upTo =
                    least.add(
                            range.multiply(BigInteger.valueOf(CountryMark.SHADES - shade))
                                    .divide(shades));
            legend.add("≤ " + format.glance(new TokenAmount(upTo)));
        }
        return of(
                marks(
                        countries,
                        country -> {
                            int step =
                                    country.cheapest()
                                            .units()
                                            .subtract(least)
                                            .multiply(shades)
                                            .subtract(BigInteger.ONE)
                                            .max(BigInteger.ZERO)
                                            .divide(range)
                                            .intValue();
                            return CountryMark.SHADES - 1 - Math.min(step, CountryMark.SHADES - 1);
                        },
                        format,
                        texts),
                legend,
                format);
    }

    private interface Shade {
        int of(Country country);
    }

    private static List<CountryMark> marks(
            Map<String, Country> countries, Shade shade, Format format, Texts texts) {
        List<CountryMark> marks = new ArrayList<>();
        countries.forEach(
                (code, country) ->
                        marks.add(
                                new CountryMark(
                                        code,
                                        country.providers(),
                                        shade.of(country),
                                        texts.of(
                                                "map.country",
                                                format.country(code),
                                                country.providers(),
                                                format.glance(country.cheapest())))));
        return marks;
    }
}
