package org.flowshield.app.providers;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.app.text.Texts;

/**
 * Why a provider has its score, in the chosen language. The daemon says it in English, in few
 * patterns; what is none of them is shown as it was said. Immutable.
 */
final class Reasons {

    private static final Pattern POINTS = Pattern.compile("(.*) \\(\\+(\\d+)\\)");

    private record Pair(Pattern english, String key) {}

    private static final List<Pair> PATTERNS =
            List.of(
                    pair("online", "online"),
                    pair("silent for (\\d+) s", "silent"),
                    pair("offline", "offline"),
                    pair("not heard of yet", "unheard"),
                    pair("asks the median price", "median"),
                    pair("(\\d+) % cheaper than the median", "cheaper"),
                    pair("(\\d+) % dearer than the median", "dearer"),
                    pair("more than ten times as dear as the median", "dear"),
                    pair("stake not looked at", "stake.unknown"),
                    pair("no stake", "stake.none"),
                    pair("stake at or above the median", "stake.high"),
                    pair("stake below the median", "stake.low"),
                    pair("not watched yet", "unwatched"),
                    pair("there (\\d+) % of (\\d+) h watched", "watched.hours"),
                    pair("there (\\d+) % of (\\d+) min watched", "watched.minutes"),
                    pair("says nothing of free capacity", "free.unknown"),
                    pair("says that (\\d+) Mbit/s are free", "free"));

    private final Texts texts;

    Reasons(Texts texts) {
        this.texts = texts;
    }

    private static Pair pair(String english, String key) {
        return new Pair(Pattern.compile(english), "reason." + key);
    }

    String of(String said) {
        Matcher points = POINTS.matcher(said);
        return points.matches()
                ? texts.of("reason.points", words(points.group(1)), points.group(2))
                : words(said);
    }

    private String words(String said) {
        for (Pair pair : PATTERNS) {
            Matcher matcher = pair.english().matcher(said);
            if (matcher.matches()) {
                Object[] numbers = new Object[matcher.groupCount()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = matcher.group(i + 1);
                }
                return texts.of(pair.key(), numbers);
            }
        }
        return said;
    }
}
