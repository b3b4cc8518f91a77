package org.flowshield.app.text;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what would tell a stranger who a person is, with whom they deal or what they
 * own: addresses, keys, peer ids, network addresses, links, amounts of money, the name in a home
 * folder. It errs on the side of taking out too much. Pure.
 */
public final class Redaction {

    private static final String BASE58 = "[1-9A-HJ-NP-Za-km-z]";

    /** Behind a number these are no money. */
    private static final String NO_COIN = "KB|MB|GB|TB|KIB|MIB|GIB|UTC|GMT|MTU|TCP|UDP|DNS|HTTP";

    private record Rule(Pattern pattern, String stands) {}

    /** In this order: what holds others goes first. */
    private static final Rule[] RULES = {
        rule("\\b[a-z][a-z0-9+.-]*://[^\\s\"'<>]*[^\\s\"'<>.,;:!?)]", "[link]"),
        rule("\\b[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+", "[mail]"),
        rule(
                "(?<![\\w.])/(?:ip4|ip6|dns|dns4|dns6|dnsaddr|p2p)/[^\\s\"',;)]+",
                "[network address]"),
        rule("\\b(?:12D3Koo|16Uiu2|Qm)" + BASE58 + "*(?:…" + BASE58 + "*)?", "[peer id]"),
        rule("\\b(?:bafz|bafk|bafy|k51)[a-z0-9]{10,}", "[content id]"),
        rule("\\b0[xX][0-9a-fA-F]{6,}(?:…[0-9a-fA-F]*)?", "[hex]"),
        rule("\\b[0-9a-fA-F]{24,}\\b", "[hex]"),
        rule(
                "(?:\\b(?:\\d{1,3}\\.){3}\\d{1,3}(?:/\\d{1,2})?(?::\\d{1,5})?\\b)",
                "[network address]"),
        rule(
                "(?<![\\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?:%\\w+)?(?:/\\d{1,3})?(?![\\w:])",
                "[network address]"),
        rule(
                "(?:< )?\\b\\d(?:[\\d.,'\\u00a0\\u202f]*\\d)?[ \\u00a0]?(?!(?:"
                        + NO_COIN
                        + ")\\b)(?:[A-Z]{2,10}|wei|gwei)\\b",
                "[amount]"),
        rule("(?<=/home/)[^/\\s\"':]+", "[person]"),
        rule("(?<=/Users/)[^/\\s\"':]+", "[person]"),
        rule("(?<=\\\\Users\\\\)[^\\\\\\s\"':]+", "[person]"),
        rule("(?<![\\w.])(?=[A-Za-z_-]*\\d)(?=\\d*[A-Za-z_-])[A-Za-z0-9+_=-]{24,}", "[key]"),
    };

    /** A time of day looks like an address of the sixth version. */
    private static final Pattern TIME = Pattern.compile("\\d{1,2}:\\d{2}(?::\\d{2})?");

    private Redaction() {}

    private static Rule rule(String pattern, String stands) {
        return new Rule(Pattern.compile(pattern), stands);
    }

    /** The text without all that. */
    public static String of(String text) {
        String redacted = text;
        for (Rule rule : RULES) {
            redacted =
                    rule.pattern()
                            .matcher(redacted)
                            .replaceAll(found -> Matcher.quoteReplacement(instead(found, rule)));
        }
        return redacted;
    }

    private static String instead(MatchResult found, Rule rule) {
        return TIME.matcher(found.group()).matches() ? found.group() : rule.stands();
    }
}
