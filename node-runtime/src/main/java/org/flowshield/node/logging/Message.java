package org.flowshield.node.logging;

import org.flowshield.node.text.PlainText;

/**
 * Makes of what was written what can be kept and shown: bounded, and without characters that would
 * steer a terminal or turn a text round, since parts of messages come from strangers. Pure.
 */
final class Message {

    /** A stack trace with its causes; what is longer repeats itself. */
    static final int MAX_CHARS = 8 * 1024;

    static final String CUT = " … (cut)";

    private Message() {}

    static String of(String written) {
        return PlainText.of(cut(written).replace("\r\n", "\n"));
    }

    private static String cut(String text) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        int end = MAX_CHARS - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + CUT;
    }
}
