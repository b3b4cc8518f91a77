package org.flowshield.node.payment.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.channel.ChannelChain;
import org.flowshield.node.payment.wire.Frames;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.flowshield.node.payment.wire.PaymentChannel;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.node.tunnel.credit.ProviderBilling;

/**
 * Has a provider's sessions paid: refuses those that don't agree to the offer, and serves the
 * payment protocol. Each session has an actor of its own. Safe for use by any thread.
 */
public final class PayeeService implements ProviderBilling, ProtocolBinding {

    public static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/payment/1.0.0");

    /** One for the session, one more to be told that it may not. */
    private static final int STREAMS_PER_CONNECTION = 2;

    /** Begin comes with the opening of the stream. */
    private static final Duration BEGIN_WITHIN = Duration.ofSeconds(10);

    private final OfferBook offers;
    final ChannelChain chain;
    final Ledger ledger;
    final CloseSigner closer;
    final LongSupplier nanoTime;
    final Arrears arrears = new Arrears();

    /** All that are not over. */
    private final Set<PayeeBill> bills = ConcurrentHashMap.newKeySet();

    /** Who uses which channel. */
    private final Map<ChannelId, PayeeBill> users = new ConcurrentHashMap<>();

    /** Channels of which the end is being agreed on. */
    private final Set<ChannelId> takenOut = ConcurrentHashMap.newKeySet();

    /** Signs that channels are closed in agreement, as the payee or its operator. */
    @FunctionalInterface
    public interface CloseSigner {
        Signature sign(Bytes32 digest);
    }

    /**
     * @param nanoTime monotonic
     */
    public PayeeService(
            OfferBook offers,
            ChannelChain chain,
            Ledger ledger,
            CloseSigner closer,
            LongSupplier nanoTime) {
        this.offers = offers;
        this.chain = chain;
        this.ledger = ledger;
        this.closer = closer;
        this.nanoTime = nanoTime;
    }

    // ---- for the tunnel ----

    @Override
    public Optional<ControlMessage.Refused> objection(Hello hello) {
        if (hello.offerHash().isEmpty()) {
            return Optional.of(
                    new ControlMessage.Refused(
                            ControlMessage.Refused.Reason.PAYMENT_REQUIRED,
                            "this provider asks for " + offers.current().offer().price()));
        }
        return offers.find(hello.offerHash().orElseThrow()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        new ControlMessage.Refused(
                                ControlMessage.Refused.Reason.OFFER_CHANGED,
                                "this provider's offer is now "
                                        + offers.current().offer().price()));
    }

    @Override
    public Optional<Bill> begin(
            PeerId peer, Hello hello, SessionToken token, Consumer<BillEndedException> onEnd) {
        SignedOffer offer = offers.find(hello.offerHash().orElseThrow()).orElseGet(offers::current);
        PayeeBill bill = new PayeeBill(this, offer, peer, token, onEnd);
        bills.add(bill);
        bill.start();
        return Optional.of(bill);
    }

    /** How the session of a client stands; empty if it has none, or it is not yet known. */
    public Optional<SessionPayment> payment(PeerId client) {
        return bills.stream()
                .filter(bill -> bill.peer().equals(client))
                .findFirst()
                .flatMap(PayeeBill::status);
    }

    // ---- for the sessions ----

    /**
     * Gives a channel to a session, whose client has proven that it may use it. The session that
     * has it is a broken one of the same client, and ends.
     *
     * @return false if that takes too long
     */
    boolean use(ChannelId channel, PayeeBill bill) throws InterruptedException {
        PayeeBill before = users.putIfAbsent(channel, bill);
        if (before == null || before.equals(bill)) {
            return true;
        }
        return before.giveWay() && users.putIfAbsent(channel, bill) == null;
    }

    /**
     * Lets no session use a channel until {@link #giveBack}; one that does ends.
     *
     * @return false if that takes too long, or is under way; then it need not be given back
     */
    boolean takeOut(ChannelId channel) throws InterruptedException {
        if (!takenOut.add(channel)) {
            return false;
        }
        PayeeBill user = users.get(channel);
        if (user == null || user.giveWay()) {
            return true;
        }
        giveBack(channel);
        return false;
    }

    void giveBack(ChannelId channel) {
        takenOut.remove(channel);
    }

    /** Looked at after {@link #use}, so that one of the two sees the other. */
    boolean isTakenOut(ChannelId channel) {
        return takenOut.contains(channel);
    }

    /** What is asked for now. */
    OfferBook offers() {
        return offers;
    }

    void over(PayeeBill bill, Optional<ChannelId> channel) {
        channel.ifPresent(used -> users.remove(used, bill));
        bills.remove(bill);
    }

    // ---- for the host ----

    @Override
    public List<ProtocolId> ids() {
        return List.of(PROTOCOL);
    }

    @Override
    public int maxInboundPerConnection() {
        return STREAMS_PER_CONNECTION;
    }

    @Override
    public void accept(Stream stream) throws IOException, InterruptedException {
        PaymentChannel channel = new PaymentChannel(stream.input(), stream.output());
        Optional<PaymentMessage> first;
        Thread impatience = Frames.resetAfter(stream, BEGIN_WITHIN);
        try {
            first = channel.receive();
        } catch (MalformedPaymentException e) {
            channel.send(new Refused(PaymentEnd.PROTOCOL, "" + e.getMessage()));
            return;
        } finally {
            impatience.interrupt();
        }
        if (first.isEmpty()) {
            return;
        }
        if (!(first.orElseThrow() instanceof Begin begin)) {
            channel.send(new Refused(PaymentEnd.PROTOCOL, "a stream begins with Begin"));
            return;
        }
        Optional<PayeeBill> bill = find(stream.connection().remotePeer(), begin.token());
        if (bill.isEmpty() || !bill.orElseThrow().attach(channel, stream::close, begin)) {
            channel.send(new Refused(PaymentEnd.BAD_TOKEN, "no session has this token"));
            return;
        }
        bill.orElseThrow().read(channel);
    }

    /** All are looked at, so that the time taken says nothing about any token. */
    private Optional<PayeeBill> find(PeerId peer, SessionToken token) {
        Optional<PayeeBill> found = Optional.empty();
        for (PayeeBill bill : bills) {
            if (bill.isOf(token) && bill.peer().equals(peer)) {
                found = Optional.of(bill);
            }
        }
        return found;
    }
}
