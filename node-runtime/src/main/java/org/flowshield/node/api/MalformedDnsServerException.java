package org.flowshield.node.api;

/** What is to be a server for names is none; the message says what it was and why. */
public final class MalformedDnsServerException extends Exception {

    private static final long serialVersionUID = 1;

    /** The longest part of what was written that is said again. */
    private static final int MAX_SHOWN = 45;

    /** What is wrong with it. */
    public enum Reason {
        /** It is no IP address: a name, one with a port, or something else. */
        NOT_AN_ADDRESS("is not an IP address"),
        /** It is this machine, its link or a group: no tunnel leads there. */
        NOT_ELSEWHERE("can't be asked through a tunnel"),
        /** It was named before. */
        TWICE("is named twice"),
        /** There are three already. */
        TOO_MANY("is one too many: at most " + DnsServer.MAX_SERVERS + " can be asked");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private final Reason reason;
    private final String shown;

    MalformedDnsServerException(Reason reason, String text) {
        super(message(reason, text));
        this.reason = reason;
        this.shown = shown(text);
    }

    MalformedDnsServerException(Reason reason, String text, Exception cause) {
        super(message(reason, text), cause);
        this.reason = reason;
        this.shown = shown(text);
    }

    private static String message(Reason reason, String text) {
        return "'" + shown(text) + "' " + reason.words;
    }

    private static String shown(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }

    public Reason reason() {
        return reason;
    }

    /** What was written, or the beginning of it. */
    public String shown() {
        return shown;
    }
}
