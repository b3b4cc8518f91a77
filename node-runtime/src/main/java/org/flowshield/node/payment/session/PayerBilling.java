package org.flowshield.node.payment.session;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.client.Billing;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pays for one session: agrees to the provider's offer, sees to a channel, pays. */
public final class PayerBilling implements Billing.OfSession {

    private static final Logger LOG = LoggerFactory.getLogger(PayerBilling.class);

    /** What was settled on. */
    record Agreed(SignedOffer offer, ChannelRecord channel) {}

    private final Payments payments;
    private final Optional<Price> most;
    private final Optional<SessionId> before;
    private volatile @Nullable Agreed agreed;
    private volatile @Nullable PayerBill bill;

    PayerBilling(Payments payments, Optional<Price> most, Optional<SessionId> before) {
        this.payments = payments;
        this.most = most;
        this.before = before;
    }

    /** What the session is paid by; empty if it is free, or before it is agreed. */
    public Optional<Offer> offer() {
        return Optional.ofNullable(agreed).map(known -> known.offer().offer());
    }

    /** Under which the ledger has it; empty before it began. */
    public Optional<SessionId> ledgerSession() {
        PayerBill current = bill;
        return current == null ? Optional.empty() : current.ledgerSession();
    }

    /** Which session the next one goes on with: this one, or the one before if it never began. */
    Optional<SessionId> continued() {
        return ledgerSession().or(() -> before);
    }

    /** The bill of the session, once it began. */
    public Optional<PayerBill> bill() {
        return Optional.ofNullable(bill);
    }

    @Override
    public Optional<SessionPayment> status() {
        return bill().flatMap(PayerBill::status);
    }

    @Override
    public Optional<Bytes32> agree(Connection control) throws IOException, InterruptedException {
        Optional<SignedOffer> asked = Offers.ask(control);
        if (asked.isEmpty()) {
            payments.vetting.requireFree(control.remotePeer());
            return Optional.empty();
        }
        SignedOffer signed = asked.orElseThrow();
        requireAcceptable(signed.offer());
        payments.vetting
                .require(control, signed.offer())
                .ifPresent(warning -> LOG.warn("{}: {}", control.remotePeer(), warning));
        try {
            Optional<ChannelRecord> ready = payments.channels.ready(signed.offer());
            ChannelRecord channel =
                    ready.isPresent()
                            ? ready.orElseThrow()
                            : payments.channels.channelTo(signed, control.remotePeer());
            agreed = new Agreed(signed, channel);
        } catch (LedgerException e) {
            throw new BillEndedException(e.code(), e.getMessage() + "; " + e.action(), false);
        } catch (ChainException e) {
            String code =
                    switch (e.reason()) {
                        case UNREACHABLE -> "chain_unreachable";
                        case REJECTED -> "channel_not_opened";
                        case UNKNOWN -> "channel_opening";
                    };
            throw new BillEndedException(code, "" + e.getMessage(), false);
        }
        return Optional.of(signed.hash());
    }

    private void requireAcceptable(Offer offer) throws BillEndedException {
        if (!offer.isValidAt(payments.clock.instant())) {
            throw new BillEndedException(
                    "offer_expired", "the provider's offer ended on " + offer.validUntil(), false);
        }
        if (!offer.channels().equals(payments.chain.domain())) {
            throw new BillEndedException(
                    "wrong_network", "the provider is paid on another chain or contract", false);
        }
        if (most.isEmpty()) {
            throw new BillEndedException(
                    "payment_required",
                    "the provider asks for %s, and nobody has agreed to pay"
                            .formatted(offer.price()),
                    false);
        }
        if (offer.price().perGiB().isMoreThan(most.orElseThrow().perGiB())) {
            throw new BillEndedException(
                    "price_too_high",
                    "the provider asks for %s, the limit is %s"
                            .formatted(offer.price(), most.orElseThrow()),
                    false);
        }
    }

    @Override
    public Optional<Bill> begin(
            Connection control, Welcome welcome, Consumer<BillEndedException> onEnd) {
        Agreed settled = agreed;
        if (settled == null) {
            return Optional.empty();
        }
        PayerBill begun = new PayerBill(payments, settled, before, control, welcome.token(), onEnd);
        bill = begun;
        begun.start();
        return Optional.of(begun);
    }
}
