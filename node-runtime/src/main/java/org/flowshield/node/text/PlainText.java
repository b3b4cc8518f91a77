package org.flowshield.node.text;

import java.util.function.IntPredicate;

/**
 * Texts of strangers, without characters that would steer a terminal or turn a text round. What is
 * taken out leaves a mark. Pure.
 */
public final class PlainText {

    private static final int STRANGE = '\uFFFD';

    private PlainText() {}

    /** Lines and tabs stay. */
    public static String of(String text) {
        return without(text, c -> isStrange(c) && c != '\n' && c != '\t');
    }

    /** What is said in one line stays in one. */
    public static String line(String text) {
        return without(text, PlainText::isStrange);
    }

    private static String without(String text, IntPredicate strange) {
        return text.codePoints().anyMatch(strange)
                ? text.codePoints()
                        .map(c -> strange.test(c) ? STRANGE : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                : text;
    }

    private static boolean isStrange(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
