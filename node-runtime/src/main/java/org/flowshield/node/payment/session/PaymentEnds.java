package org.flowshield.node.payment.session;

import java.util.Locale;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.tunnel.credit.BillEndedException;

/** Says to the tunnel why it is not paid for any more. */
final class PaymentEnds {

    private PaymentEnds() {}

    static BillEndedException of(PaymentEnd reason, String detail) {
        boolean inOrder = reason == PaymentEnd.STOPPED || reason == PaymentEnd.SHUTTING_DOWN;
        String said = detail.isBlank() ? reason.words() : reason.words() + ": " + detail;
        return new BillEndedException(
                reason.name().toLowerCase(Locale.ROOT), inOrder ? detail : said, inOrder);
    }
}
