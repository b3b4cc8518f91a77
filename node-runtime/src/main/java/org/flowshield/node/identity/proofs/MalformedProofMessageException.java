package org.flowshield.node.identity.proofs;

/** Bytes that claim to be a question or an answer about the chain are none. */
public final class MalformedProofMessageException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG("longer than such messages are"),
        NOT_PROTOBUF("no message of this protocol"),
        WRONG_FIELD("a field holds what it may not");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;

    MalformedProofMessageException(Reason reason) {
        super(reason.text);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
