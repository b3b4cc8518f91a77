package org.flowshield.node.payment.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord.Metered;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.ChannelView;
import org.flowshield.node.payment.CloseProof;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.channel.Records;
import org.flowshield.node.payment.wire.Frames;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.flowshield.node.payment.wire.PaymentChannel;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
import org.flowshield.node.payment.wire.PaymentMessage.CloseOrder;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agrees on the end of channels whose session is over: with what the best voucher says, and nothing
 * else. Before it signs, it is on the disk that nobody is served through the channel any more. Each
 * stream runs on the virtual thread that the host gives it.
 */
public final class CloseService implements ProtocolBinding {

    public static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/payment/close/1.0.0");

    private static final Logger LOG = LoggerFactory.getLogger(CloseService.class);

    /** A client asks about one channel, and once more if it was mistaken. */
    private static final int STREAMS_PER_CONNECTION = 2;

    /** The order comes with the opening of the stream. */
    private static final Duration ORDER_WITHIN = Duration.ofSeconds(10);

    /** Each asks the chain, and anybody can come with a channel that he made up. */
    private static final int MOST_AT_ONCE = 4;

    private final PayeeService payee;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    public CloseService(PayeeService payee) {
        this.payee = payee;
    }

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
        Thread impatience = Frames.resetAfter(stream, ORDER_WITHIN);
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
        channel.send(
                first.orElseThrow() instanceof CloseOrder order
                        ? answer(order, stream.connection().remotePeer())
                        : new Refused(PaymentEnd.PROTOCOL, "a stream begins with CloseOrder"));
    }

    private PaymentMessage answer(CloseOrder order, PeerId peer) throws InterruptedException {
        Offer offer = payee.offers().current().offer();
        ChannelId id = order.channel().id(offer.channels());
        if (!order.channel().payee().equals(offer.payee())) {
            return new Refused(PaymentEnd.NO_CHANNEL, "the channel pays somebody else");
        }
        Bytes32 said = CloseProof.digest(id, offer.nodeKey(), order.finalAmount());
        if (!order.proof().isBy(order.channel().signer(), said)) {
            return new Refused(PaymentEnd.NOT_SIGNER, "the channel's signer has not asked for it");
        }
        if (!places.tryAcquire()) {
            return new Refused(PaymentEnd.CHANNEL_BUSY, "too many ask at once, try again");
        }
        try {
            return looked(order, id, offer, peer);
        } catch (ChainException e) {
            return new Refused(PaymentEnd.CHAIN_UNREACHABLE, "" + e.getMessage());
        } catch (LedgerException e) {
            LOG.error("the end of a channel is not agreed on: {}", e.getMessage());
            return new Refused(
                    PaymentEnd.LEDGER_FAILED, "the provider can't write down what it agrees to");
        } finally {
            places.release();
        }
    }

    private PaymentMessage looked(CloseOrder order, ChannelId id, Offer offer, PeerId peer)
            throws ChainException, LedgerException, InterruptedException {
        ChannelView view = payee.chain.view(order.channel());
        if (view.status() == ChannelView.Status.NONE) {
            return new Refused(PaymentEnd.NO_CHANNEL, "the chain does not know this channel");
        }
        if (!view.isOpen()) {
            return new Refused(PaymentEnd.CHANNEL_CLOSING, "it is closed or being closed");
        }
        if (!payee.takeOut(id)) {
            return new Refused(PaymentEnd.CHANNEL_BUSY, "a session uses it, try again");
        }
        try {
            return agreed(order, id, offer, view, peer);
        } finally {
            payee.giveBack(id);
        }
    }

    private PaymentMessage agreed(
            CloseOrder order, ChannelId id, Offer offer, ChannelView view, PeerId peer)
            throws LedgerException {
        payee.ledger.put(
                Records.of(
                        order.channel(),
                        offer.channels(),
                        Side.PAYEE,
                        Optional.of(peer),
                        Bytes32.ZERO,
                        view,
                        payee.ledger.channel(id, Side.PAYEE)));
        if (order.last().isPresent()) {
            take(order, order.last().orElseThrow(), id, offer.channels(), peer);
        }
        TokenAmount held = held(id, view);
        if (!order.finalAmount().equals(held)) {
            return new Refused(
                    PaymentEnd.BAD_VOUCHER,
                    "the channel has paid %s, not %s".formatted(held, order.finalAmount()));
        }
        payee.ledger.put(payee.ledger.channel(id, Side.PAYEE).orElseThrow().agreed());
        CooperativeClose close = new CooperativeClose(id, held);
        return new Close(held, payee.closer.sign(close.digest(offer.channels())));
    }

    /** What was claimed was signed, even if our ledger has lost it. */
    private TokenAmount held(ChannelId id, ChannelView view) throws LedgerException {
        return payee.ledger
                .latest(id, Side.PAYEE)
                .map(voucher -> voucher.voucher().cumulative())
                .orElse(TokenAmount.ZERO)
                .max(view.claimed());
    }

    /** The last voucher of a session that broke may not have arrived; it is money. */
    private void take(
            CloseOrder order, SignedVoucher last, ChannelId id, ChannelDomain channels, PeerId peer)
            throws LedgerException {
        boolean better =
                payee.ledger
                        .latest(id, Side.PAYEE)
                        .filter(
                                known ->
                                        !last.voucher()
                                                .cumulative()
                                                .isMoreThan(known.voucher().cumulative()))
                        .isEmpty();
        if (!better
                || !last.voucher().channel().equals(id)
                || !last.voucher().cumulative().equals(order.finalAmount())
                || !last.isBy(order.channel().signer(), channels)) {
            return; // the numbers tell whether that matters
        }
        SessionId session = payee.ledger.begin(id, Side.PAYEE, Optional.of(peer), Optional.empty());
        Acceptance _ = payee.ledger.accept(session, last);
        payee.ledger.end(session, Metered.NOTHING, Metered.NOTHING, "the channel is closed");
    }

    /**
     * Asks the provider at the other end of a connection.
     *
     * @throws org.flowshield.libp2p.multistream.ProtocolNotSupportedException if it agrees to
     *     nothing
     * @return {@link Close} or {@link Refused}
     * @throws IOException if it does not answer, or not so that it can be read
     */
    public static PaymentMessage ask(Connection provider, CloseOrder order) throws IOException {
        try (Stream stream = provider.newStream(List.of(PROTOCOL))) {
            PaymentChannel channel = new PaymentChannel(stream.input(), stream.output());
            channel.send(order);
            stream.closeWrite();
            PaymentMessage answer =
                    channel.receive()
                            .orElseThrow(() -> new IOException("the provider did not answer"));
            if (answer instanceof Close(TokenAmount amount, _)
                    && !amount.equals(order.finalAmount())) {
                throw new IOException("the provider agreed to something else");
            }
            if (answer instanceof Close || answer instanceof Refused) {
                return answer;
            }
            throw new IOException("the provider's answer makes no sense");
        } catch (MalformedPaymentException e) {
            throw new IOException("the provider's answer can't be read: " + e.getMessage(), e);
        }
    }
}
