package org.flowshield.node.identity;

/** Bytes that claim to be a certificate of identity are none. */
public final class MalformedIdentityException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG("longer than certificates are"),
        NOT_X509("no X.509"),
        /** Version, key usage, constraints, extensions or names other than ours have. */
        WRONG_SHAPE("not of the shape that certificates of this network have"),
        WRONG_USE("not for showing who a node is"),
        WRONG_NAME("for other names than its key has"),
        BAD_SIGNATURE("not signed by the node's own key"),
        NOT_YET_VALID("not valid yet; is the clock right?"),
        EXPIRED("expired"),
        TOO_LONG_LIVED("valid for longer than a certificate may be"),
        OTHER_CHAIN("of another chain"),
        OTHER_NODE("of another node than the one that the connection is to");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;

    MalformedIdentityException(Reason reason) {
        super("the certificate is " + reason.text);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
