package org.flowshield.node.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate of data. Immutable.
 *
 * @param bitsPerSecond at least {@link #LEAST}
 */
public record BitRate(long bitsPerSecond) {

    /** Below that a session is of no use to anybody. */
    public static final long LEAST = 64_000;

    /** More than any network card has. */
    public static final long MOST = 1_000_000_000_000L;

    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "k", 1_000L, "m", 1_000_000L, "g", 1_000_000_000L);

    private static final Pattern WORDS =
            Pattern.compile("(\\d{1,12})(\\.\\d{1,3})?\\s*([kmg]?)b(it(/s|ps)?|ps)");

    public BitRate {
        if (bitsPerSecond < LEAST || bitsPerSecond > MOST) {
            throw new IllegalArgumentException("a rate lies between 64 kbit/s and 1000 Gbit/s");
        }
    }

    /**
     * Reads {@code 50 Mbit/s}, {@code 50Mbit} or {@code 1.5 Gbit/s}; units are decimal.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    public static BitRate parse(String text) {
        Matcher words = WORDS.matcher(text.strip().toLowerCase(Locale.ROOT));
        Long unit = words.matches() ? UNITS.get(words.group(3)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is no rate such as '50 Mbit/s'");
        }
        String fraction = words.group(2) == null ? "" : words.group(2);
        return new BitRate(Math.round(Double.parseDouble(words.group(1) + fraction) * unit));
    }

    public long bytesPerSecond() {
        return bitsPerSecond / Byte.SIZE;
    }

    @Override
    public String toString() {
        for (String prefix : new String[] {"g", "m", "k"}) {
            long unit = UNITS.getOrDefault(prefix, 1L);
            if (bitsPerSecond % unit == 0) {
                String shown = prefix.equals("k") ? prefix : prefix.toUpperCase(Locale.ROOT);
                return bitsPerSecond / unit + " " + shown + "bit/s";
            }
        }
        return bitsPerSecond + " bit/s";
    }
}
