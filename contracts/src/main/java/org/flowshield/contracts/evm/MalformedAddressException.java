package org.flowshield.contracts.evm;

/** Text that claims to be an address is none. */
public final class MalformedAddressException extends Exception {

    /** What is wrong. */
    public enum Reason {
        LENGTH,
        NOT_HEX,
        /** Upper and lower case do not fit the digits (EIP-55): a digit was lost or changed. */
        CHECKSUM
    }

    private final Reason reason;

    public MalformedAddressException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
