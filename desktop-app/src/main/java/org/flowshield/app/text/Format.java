package org.flowshield.app.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;

/** How numbers, times and money are written in one language. Immutable. */
public final class Format {

    /** What money in FLOW is written with. */
    public static final String FLOW = "FLOW";

    /** More digits of an amount are of use to nobody who only looks. */
    private static final int GLANCE_DIGITS = 4;

    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final String[] RATE_UNITS = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"};

    private final Locale locale;
    private final ZoneId zone;

    public Format(Language language, ZoneId zone) {
        this.locale = language.locale();
        this.zone = zone;
    }

    /** In which times are told. */
    public ZoneId zone() {
        return zone;
    }

    /** Such as {@code 1.24 GiB}. */
    public String bytes(long bytes) {
        return scaled((double) bytes, 1024, BYTE_UNITS);
    }

    /** Such as {@code 93.5 Mbit/s}. */
    public String rate(double bitsPerSecond) {
        return scaled(bitsPerSecond, 1000, RATE_UNITS);
    }

    private String scaled(double value, int step, String[] units) {
        int unit = 0;
        double left = value;
        while (left >= step && unit < units.length - 1) {
            left /= step;
            unit++;
        }
        int digits = unit == 0 || left >= 100 ? 0 : left >= 10 ? 1 : 2;
        return number(BigDecimal.valueOf(left), digits) + " " + units[unit];
    }

    /** An amount with its unit, all digits: for what is signed or copied. */
    public String exact(TokenAmount amount) {
        return number(new BigDecimal(amount.decimal()), 18) + " " + FLOW;
    }

    /**
     * An amount with its unit, rounded down to a glance; one that would look like nothing is said
     * to be less than the least that is shown.
     */
    public String glance(TokenAmount amount) {
        BigDecimal exact = new BigDecimal(amount.decimal());
        BigDecimal shown = exact.setScale(GLANCE_DIGITS, RoundingMode.DOWN);
        if (shown.signum() == 0 && exact.signum() > 0) {
            BigDecimal least = BigDecimal.ONE.movePointLeft(GLANCE_DIGITS);
            return "< " + number(least, GLANCE_DIGITS) + " " + FLOW;
        }
        return number(shown, GLANCE_DIGITS) + " " + FLOW;
    }

    /** A number with at most so many digits behind the point, rounded down. */
    public String number(BigDecimal value, int digits) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(0);
        format.setMaximumFractionDigits(digits);
        format.setRoundingMode(RoundingMode.DOWN);
        return format.format(value);
    }

    public String count(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    /** Such as {@code 1:04:09}, or {@code 4:09}. */
    public String elapsed(Duration time) {
        Duration shown = time.isNegative() ? Duration.ZERO : time;
        long hours = shown.toHours();
        return hours > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        hours,
                        shown.toMinutesPart(),
                        shown.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d", shown.toMinutesPart(), shown.toSecondsPart());
    }

    /** A moment, as people here write it. */
    public String moment(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale)
                .withZone(zone)
                .format(at);
    }

    /** A country's name in this language. */
    public String country(String code) {
        return Locale.of("", code).getDisplayCountry(locale);
    }

    /** An address in groups of four, for people who compare. */
    public static String grouped(EvmAddress address) {
        String text = address.toString();
        StringBuilder grouped = new StringBuilder(text.substring(0, 2));
        for (int i = 2; i < text.length(); i += 4) {
            grouped.append(' ').append(text, i, Math.min(i + 4, text.length()));
        }
        return grouped.toString();
    }

    /** The ends of a long id, for where there is no room; whoever needs all of it copies it. */
    public static String brief(String id) {
        return id.length() <= 16 ? id : id.substring(0, 8) + "…" + id.substring(id.length() - 6);
    }
}
