package org.flowshield.node.payment.wire;

import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Deposit;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;

/** One message of the payment stream; payment.proto says what each field means. Immutable. */
public sealed interface PaymentMessage {

    /** Characters of a text for people: it fits a line of a log. */
    int MAX_TEXT = 200;

    /** The client's first message. */
    record Begin(
            SessionToken token,
            ChannelKey channel,
            Bytes32 offerHash,
            Signature proof,
            Optional<SignedVoucher> last)
            implements PaymentMessage {}

    /** The channel is good. */
    record Ready(Paid paid, Optional<SignedVoucher> last, Terms terms) implements PaymentMessage {}

    /** A Begin that is not granted. */
    record Refused(PaymentEnd reason, String detail) implements PaymentMessage {
        public Refused {
            detail = cut(detail);
        }
    }

    /** The client pays. */
    record Pay(SignedVoucher voucher, Metered counted) implements PaymentMessage {}

    /** What the provider knows to be paid, and how far it trusts. */
    record Credit(TokenAmount paid, Terms terms, Metered counted) implements PaymentMessage {}

    /** The provider waits to be paid. */
    record CreditBlocked(Metered counted) implements PaymentMessage {}

    /** The chain has news of the channel. */
    record ToppedUp() implements PaymentMessage {}

    /** The client would like to close the channel for good. */
    record CloseRequest(TokenAmount finalAmount) implements PaymentMessage {}

    /** The payee agrees. */
    record Close(TokenAmount finalAmount, Signature byPayee) implements PaymentMessage {}

    /** The client would like to close a channel of which no session is open. */
    record CloseOrder(
            ChannelKey channel,
            TokenAmount finalAmount,
            Signature proof,
            Optional<SignedVoucher> last)
            implements PaymentMessage {}

    /** The session ends. */
    record Stop(PaymentEnd reason, String detail) implements PaymentMessage {
        public Stop {
            detail = cut(detail);
        }
    }

    /**
     * How far a provider trusts a client.
     *
     * @param window bytes ahead of payment
     */
    record Terms(long window, Deposit deposit) {
        public Terms {
            if (window < CreditWindow.FIRST || window > CreditWindow.MOST) {
                throw new IllegalArgumentException("no window: " + window);
            }
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
