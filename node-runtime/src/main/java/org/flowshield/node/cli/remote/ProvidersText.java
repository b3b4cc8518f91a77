package org.flowshield.node.cli.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.jspecify.annotations.Nullable;

/** Providers as people read them. Pure: the time is given. */
final class ProvidersText {

    /** The longest names of countries are cut. */
    private static final int COUNTRY_CHARS = 20;

    private static final double MEGABIT = 1e6;
    private static final String ROW = "%-20s  %12s  %11s  %11s  %-12s  %12s  %5s  %s";

    private final Instant now;

    ProvidersText(Instant now) {
        this.now = now;
    }

    /** A table with the whole ids, since these are what one connects to. */
    List<String> table(FoundProviders found) {
        List<String> lines = new ArrayList<>();
        if (found.providers().isEmpty()) {
            lines.add("nobody offers that now" + by(found));
        } else {
            lines.add(
                    found.providers().size()
                            + (found.providers().size() == 1 ? " provider" : " providers")
                            + by(found)
                            + "; country and speed are claimed by themselves");
            lines.add(
                    String.format(
                            Locale.ROOT,
                            ROW,
                            "COUNTRY",
                            "FLOW/GiB",
                            "Mbit/s",
                            "FREE Mbit/s",
                            "STATE",
                            "STAKE FLOW",
                            "SCORE",
                            "PROVIDER"));
            found.providers().forEach(provider -> lines.add(row(provider)));
            lines.add(why(found.providers().getFirst()));
        }
        for (FailedProvider refused : found.refused()) {
            lines.add("left out: " + refused.provider() + ": " + refused.problem().message());
        }
        Problem problem = found.problem();
        if (problem != null) {
            lines.add(problem.message() + " -> " + problem.action());
        }
        return lines;
    }

    private static String by(FoundProviders found) {
        return switch (found.directories()) {
            case 0 -> ", without any fullnode's directory";
            case 1 -> ", by one fullnode's directory";
            default -> ", by " + found.directories() + " fullnodes' directories";
        };
    }

    private String row(FoundProvider provider) {
        return String.format(
                Locale.ROOT,
                ROW,
                cut(country(provider.country())),
                MoneyText.number(provider.pricePerGib()),
                provider.claimedBitsPerSecond() == 0
                        ? "-"
                        : megabits(provider.claimedBitsPerSecond()),
                provider.freeBitsPerSecond() == null ? "-" : megabits(provider.freeBitsPerSecond()),
                state(provider),
                provider.stake() == null ? "not checked" : MoneyText.number(provider.stake()),
                String.format(Locale.ROOT, "%.2f", provider.score()),
                provider.peerId());
    }

    private static String cut(String name) {
        return name.length() <= COUNTRY_CHARS ? name : name.substring(0, COUNTRY_CHARS - 3) + "...";
    }

    /** The name of a country in English, or what stands for it. */
    static String country(@Nullable String code) {
        if (code == null) {
            return "-";
        }
        String name = Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
        return name.equals(code) ? code + " (unknown)" : name;
    }

    private static String megabits(long bitsPerSecond) {
        return String.format(Locale.ROOT, "%.0f", bitsPerSecond / MEGABIT);
    }

    private String state(FoundProvider provider) {
        Instant heard = provider.heardAt();
        return switch (provider.state()) {
            case ONLINE -> "online";
            case STALE -> "stale" + ago(heard);
            case OFFLINE -> "offline" + ago(heard);
            case UNKNOWN -> "not heard";
        };
    }

    private String ago(@Nullable Instant heard) {
        if (heard == null) {
            return "";
        }
        long seconds = Math.max(0, Duration.between(heard, now).toSeconds());
        return seconds < 120
                ? " " + seconds + " s"
                : seconds < 7200 ? " " + seconds / 60 + " min" : " " + seconds / 3600 + " h";
    }

    /** Why one comes first, in one line. */
    static String why(FoundProvider first) {
        return "first, because: " + String.join("; ", first.reasons());
    }

    /** Who is about to be connected to, in one line. */
    static String chosen(FoundProvider provider) {
        return provider.peerId()
                + (provider.country() == null
                        ? ""
                        : " in " + country(provider.country()) + " (claimed)")
                + " asks for "
                + MoneyText.flow(provider.pricePerGib())
                + " per GiB";
    }
}
