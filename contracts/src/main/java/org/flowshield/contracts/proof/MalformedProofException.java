package org.flowshield.contracts.proof;

/** What should show a contract's storage does not. */
public final class MalformedProofException extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** More nodes or bytes than any honest proof has. */
        TOO_LONG,
        /** The bytes are no RLP, or not in its only form. */
        NOT_RLP,
        /** A part is not what the hash above it names: forged, or of another block. */
        WRONG_HASH,
        /** A part is none of a block header, a node of a tree or an account. */
        WRONG_SHAPE,
        /** The path to the value ends before the value. */
        INCOMPLETE,
        /** More nodes than the path to the value has. */
        UNUSED,
        /** There is no contract at the address. */
        NO_CONTRACT
    }

    private final Reason reason;

    MalformedProofException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
