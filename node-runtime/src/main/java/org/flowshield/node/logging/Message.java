package org.flowshield.node.logging;

/**
 * Makes of what was written what can be kept and shown: bounded, and without characters that would
 * steer a terminal or turn a text round, since parts of messages come from strangers. Pure.
 */
final class Message {

    /** A stack trace with its causes; what is longer repeats itself. */
    static final int MAX_CHARS = 8 * 1024;

    static final String CUT = " … (cut)";

    private static final int STRANGE = '\uFFFD';

    private Message() {}

    static String of(String written) {
        String text = cut(written).replace("\r\n", "\n");
        return text.codePoints().anyMatch(Message::isStrange)
                ? text.codePoints()
                        .map(c -> isStrange(c) ? STRANGE : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                : text;
    }

    private static String cut(String text) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        int end = MAX_CHARS - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + CUT;
    }

    private static boolean isStrange(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t';
            case Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
