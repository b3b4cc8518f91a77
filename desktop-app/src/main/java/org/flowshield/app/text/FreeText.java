package org.flowshield.app.text;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a line of a log what would tell a stranger who a person is or with whom they deal.
 * Logs name such things in more ways than can be listed, so after {@link Redaction} nothing is left
 * but what is known to be harmless: words, short numbers, names of our own classes and of Java's.
 * What is left out shows as {@value #LEFT_OUT}. Pure.
 */
public final class FreeText {

    static final String LEFT_OUT = "[…]";

    /** Longer ones are no words of any language that a log is written in. */
    private static final int MAX_WORD = 40;

    private static final String PACKAGES =
            "(?:java|javax|javafx|jdk|org\\.flowshield|io\\.netty|org\\.eclipse\\.jetty|tools\\.jackson)";

    /** Small letters in packages, a capital one in a class: no host is written so. */
    private static final String CLASS = PACKAGES + "(?:\\.[a-z][a-z0-9_]*)*+\\.[A-Z][\\w$]*+";

    /** Where in the program something was. */
    private static final Pattern FRAME =
            Pattern.compile(
                    "\\s*(?:at (?:[a-z.]+/)?"
                            + CLASS
                            + "\\.[\\w$<>]++\\((?:[A-Z]\\w*+\\.java:\\d{1,5}|Native Method|Unknown Source)\\)"
                            + "|\\.\\.\\. \\d{1,5} more)");

    private static final Pattern CLASS_NAME = Pattern.compile(CLASS);

    /** What {@link Redaction} has put there. */
    private static final Pattern STAND_IN =
            Pattern.compile(
                    "\\[(?:link|mail|network address|peer id|content id|hex|amount|person|key)]");

    private static final Pattern HOME = Pattern.compile("[/\\\\](?:home|root|Users)[/\\\\]|~");

    private static final Pattern TOKEN = Pattern.compile("\\S+");

    /** What stands around a word in a sentence. */
    private static final Pattern AROUND =
            Pattern.compile("([(\\[{\"'“„‘<]*)(.*?)([)\\]}\"'”’>.,:;!?]*)");

    /** Small letters, capitals, or both as in a name of a class. */
    private static final Pattern WORD =
            Pattern.compile(
                    "\\p{L}(?:\\p{Ll}*|\\p{Lu}*s?|\\p{Lo}*)|(?:\\p{Lu}{1,5}\\p{Ll}{2,})+"
                            + "|[A-Z][A-Za-z]+(?:Exception|Error)");

    /** What joins words to longer ones. */
    private static final Pattern JOINT = Pattern.compile("[-_'’]");

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,5}(?:ms|s|%|B|KiB|MiB|GiB)?");

    private static final Pattern SIGN = Pattern.compile("[-–—=+*/|&…→]|->|=>");

    /** Words with digits. */
    private static final Set<String> KNOWN =
            Set.of("IPv4", "IPv6", "libp2p", "SHA-256", "TLSv1.3", "HTTP/1.1", "UTF-8", "x86-64");

    private FreeText() {}

    /** One line without all that. */
    public static String of(String line) {
        if (FRAME.matcher(line).matches()) {
            return line;
        }
        String redacted = Redaction.of(withoutHomes(line));
        StringBuilder left = new StringBuilder();
        Matcher standIn = STAND_IN.matcher(redacted);
        int from = 0;
        while (standIn.find()) {
            left.append(harmless(redacted.substring(from, standIn.start())));
            left.append(standIn.group());
            from = standIn.end();
        }
        return left.append(harmless(redacted.substring(from)))
                .toString()
                .replaceAll("(?:\\Q" + LEFT_OUT + "\\E[\\s.,:;]*){2,}+", LEFT_OUT + " ")
                .strip();
    }

    /** Names of files tell as much as the name of the folder that they are in. */
    private static String withoutHomes(String line) {
        return TOKEN.matcher(line)
                .replaceAll(
                        token ->
                                Matcher.quoteReplacement(
                                        HOME.matcher(token.group()).find()
                                                ? LEFT_OUT
                                                : token.group()));
    }

    private static String harmless(String text) {
        return TOKEN.matcher(text)
                .replaceAll(token -> Matcher.quoteReplacement(harmlessOf(token.group())));
    }

    private static String harmlessOf(String token) {
        if (KNOWN.contains(token) || SIGN.matcher(token).matches()) {
            return token;
        }
        Matcher parts = AROUND.matcher(token);
        if (!parts.matches() || !isHarmless(parts.group(2))) {
            return LEFT_OUT;
        }
        return token;
    }

    private static boolean isHarmless(String token) {
        int equals = token.indexOf('=');
        if (equals > 0) {
            return isHarmless(token.substring(0, equals))
                    && isHarmless(token.substring(equals + 1));
        }
        return token.isEmpty()
                || KNOWN.contains(token)
                || NUMBER.matcher(token).matches()
                || CLASS_NAME.matcher(token).matches()
                || isWord(token);
    }

    private static boolean isWord(String token) {
        if (token.length() > MAX_WORD) {
            return false;
        }
        for (String part : JOINT.split(token, -1)) {
            if (!WORD.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }
}
