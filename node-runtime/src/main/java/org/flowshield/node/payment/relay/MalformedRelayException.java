package org.flowshield.node.payment.relay;

/** A message of the relay protocol that breaks it. */
public final class MalformedRelayException extends Exception {

    /** What is wrong. */
    public enum Reason {
        LENGTH_ABOVE_LIMIT,
        NOT_PROTOBUF,
        EMPTY,
        ADDRESS_LENGTH,
        HASH_LENGTH,
        AMOUNT,
        NUMBER,
        TIME_OUT_OF_RANGE,
        SIGNATURE,
        TEXT_TOO_LONG,
        PROOF_LENGTH,
        URI,
        CHAIN
    }

    private final Reason reason;

    public MalformedRelayException(Reason reason) {
        super("malformed relay message: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
