package org.flowshield.node.payment;

/** Why a paid session is not begun or ends; payment.proto says what each means on the wire. */
public enum PaymentEnd {
    UNSPECIFIED("no reason was given"),
    STOPPED("somebody asked for it"),
    DEPOSIT_USED_UP("the payment channel holds no more"),
    SPENDING_CAP("the spending limit is reached"),
    PAYMENT_STALLED("the client does not pay for what it got"),
    CREDIT_STALLED("the provider does not take note of what it is paid"),
    METERS_DISAGREE("both sides count differently"),
    UNSOLICITED("too much came that nobody had asked for"),
    UNDERPAID("a voucher is below the agreed price"),
    BAD_VOUCHER("a voucher is not what it has to be"),
    PROTOCOL("a message makes no sense"),
    PEER_SILENT("the other side does not answer"),
    OFFER_CHANGED("the provider's offer has changed"),
    BAD_TOKEN("the session is not known"),
    NOT_SIGNER("the channel belongs to somebody else"),
    NO_CHANNEL("the chain does not know the payment channel"),
    CHANNEL_CLOSING("the payment channel is being closed"),
    DEPOSIT_TOO_LOW("the payment channel holds less than the provider asks for"),
    CHANNEL_BUSY("another session uses the payment channel"),
    ARREARS("too much of what was served through the payment channel was not paid"),
    CHAIN_UNREACHABLE("the chain can't be asked"),
    LEDGER_FAILED("a payment could not be written down safely"),
    SHUTTING_DOWN("the provider is about to stop");

    private final String words;

    PaymentEnd(String words) {
        this.words = words;
    }

    /** For people, without an end. */
    public String words() {
        return words;
    }
}
