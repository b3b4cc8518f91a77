package org.flowshield.node.api.network;

/**
 * What is to be an RPC or a bootstrap node is none; the message says why. Of an RPC it tells no
 * more than the server: the rest may be a key.
 */
public final class MalformedWayException extends Exception {

    private static final long serialVersionUID = 1;

    /** The longest part of what was written that is said again. */
    private static final int MAX_SHOWN = 45;

    /** What is wrong with it. */
    public enum Reason {
        /** It is no URL, or none of a server. */
        NOT_A_URL,
        /** It is a URL of something else than HTTP. */
        NOT_HTTP,
        /** It is no multiaddr. */
        NOT_A_MULTIADDR,
        /** It does not say whose address it is: anybody could be that. */
        NO_PEER,
        /** It was named before. */
        TWICE,
        /** There are as many already as can be. */
        TOO_MANY
    }

    private final Reason reason;
    private final int position;

    MalformedWayException(Reason reason, String message) {
        this(reason, message, 1);
    }

    private MalformedWayException(Reason reason, String message, int position) {
        super(message);
        this.reason = reason;
        this.position = position;
    }

    /** The same of one among several. */
    MalformedWayException at(int place) {
        MalformedWayException same =
                new MalformedWayException(reason, String.valueOf(getMessage()), place);
        same.initCause(this);
        return same;
    }

    /** Whether it may be an RPC's, with a key, that was put in the wrong place. */
    static boolean mayBeUrl(String text) {
        return text.contains("://");
    }

    /** What was written, in words that tell no key. */
    static String shown(String text) {
        if (mayBeUrl(text)) {
            return "a URL";
        }
        return "'" + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text) + "'";
    }

    public Reason reason() {
        return reason;
    }

    /** Which of those that were written it is, from 1 on. */
    public int position() {
        return position;
    }
}
