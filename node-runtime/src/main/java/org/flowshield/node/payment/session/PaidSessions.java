package org.flowshield.node.payment.session;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.client.Billing;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
import org.jspecify.annotations.Nullable;

/** Has a client's sessions paid. Safe for use by any thread. */
public final class PaidSessions implements Billing {

    private final Payments payments;

    /** The session that is paid for now, or was last. */
    private final AtomicReference<@Nullable PayerBilling> newest = new AtomicReference<>();

    public PaidSessions(Payments payments) {
        this.payments = payments;
    }

    @Override
    public Row begin(Optional<TokenAmount> maxPrice) {
        Optional<Price> most = maxPrice.filter(price -> !price.isZero()).map(PaidSessions::price);
        AtomicReference<@Nullable PayerBilling> last = new AtomicReference<>();
        return () -> {
            PayerBilling before = last.get();
            PayerBilling next =
                    payments.session(
                            most, Optional.ofNullable(before).flatMap(PayerBilling::continued));
            last.set(next);
            newest.set(next);
            return next;
        };
    }

    private static Price price(TokenAmount perGib) {
        return new Price(perGib.min(Price.MOST));
    }

    /** Whether a session is paid from it now. */
    public boolean uses(ChannelId channel) {
        PayerBilling current = newest.get();
        return current != null && current.bill().filter(bill -> bill.isPaying(channel)).isPresent();
    }

    /** Who is paid now; empty: nobody. */
    public Optional<NodeId> payee() {
        return Optional.ofNullable(newest.get())
                .flatMap(PayerBilling::bill)
                .flatMap(PayerBill::payee);
    }

    /** Ends the session with a provider whose wallet has taken it back. */
    public void revoked(NodeId provider, Instant at) {
        PayerBilling current = newest.get();
        if (current != null) {
            current.bill()
                    .filter(bill -> bill.isWith(provider))
                    .ifPresent(
                            bill ->
                                    bill.distrust(
                                            "the provider's wallet has revoked its node on " + at));
        }
    }

    /**
     * Ends the session that is paid from a channel, and the channel in agreement with the provider.
     *
     * @return what the provider signed; empty if no session uses the channel, or it did not sign
     */
    public Optional<Close> close(ChannelId channel) {
        PayerBilling current = newest.get();
        return Optional.ofNullable(current)
                .flatMap(PayerBilling::bill)
                .filter(bill -> bill.isPaying(channel))
                .flatMap(PayerBill::closeChannel);
    }
}
