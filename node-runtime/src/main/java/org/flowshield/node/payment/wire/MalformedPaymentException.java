package org.flowshield.node.payment.wire;

/**
 * An offer or a payment message that breaks the protocol: the peer is broken or hostile and is cut
 * off.
 */
public final class MalformedPaymentException extends Exception {

    /** What is wrong. */
    public enum Reason {
        LENGTH_ABOVE_LIMIT,
        LENGTH_NOT_MINIMAL,
        TRUNCATED,
        NOT_PROTOBUF,
        EMPTY,
        TOKEN_LENGTH,
        ADDRESS_LENGTH,
        ADDRESS_ZERO,
        HASH_LENGTH,
        AMOUNT_LENGTH,
        AMOUNT_NOT_MINIMAL,
        AMOUNT_OUT_OF_RANGE,
        SIGNATURE,
        CHAIN_OUT_OF_RANGE,
        WINDOW_OUT_OF_RANGE,
        COUNTER_OUT_OF_RANGE,
        TIME_OUT_OF_RANGE,
        PART_MISSING,
        TEXT_TOO_LONG,
        /** What the provider says of itself can't be. */
        SERVICE,
        /** The envelope around an offer is none, or not signed by the key that the offer names. */
        ENVELOPE,
        /** Signed by another node than the one that was asked. */
        FOREIGN
    }

    private final Reason reason;

    public MalformedPaymentException(Reason reason) {
        super("malformed payment message: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
