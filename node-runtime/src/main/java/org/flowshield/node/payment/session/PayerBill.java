package org.flowshield.node.payment.session;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Reservation;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.SpendingDecision;
import org.flowshield.node.payment.Allowance;
import org.flowshield.node.payment.BeginProof;
import org.flowshield.node.payment.ChannelView;
import org.flowshield.node.payment.Moment;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.PayerSession;
import org.flowshield.node.payment.PayerTerms;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.flowshield.node.payment.wire.PaymentChannel;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
import org.flowshield.node.payment.wire.PaymentMessage.Credit;
import org.flowshield.node.payment.wire.PaymentMessage.CreditBlocked;
import org.flowshield.node.payment.wire.PaymentMessage.Pay;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of a client that is paid for. A virtual thread of its own runs its state machine; one
 * reads the provider's messages; topping up has a thread each time.
 */
public final class PayerBill implements Bill {

    private static final Logger LOG = LoggerFactory.getLogger(PayerBill.class);

    /** Twice within what may be unpaid at the longest. */
    private static final Duration TICK = PayerSession.PAY_WITHIN.dividedBy(2);

    /** A signature, a flush of the disk, a write. */
    private static final Duration SETTLE_WITHIN = Duration.ofSeconds(1);

    /** A provider's signature for the end of a channel takes a round trip. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);

    private final Payments payments;
    private final Offer offer;
    private final PayerBilling.Agreed agreed;
    private final Optional<SessionId> before;
    private final Connection control;
    private final SessionToken token;
    private final Consumer<BillEndedException> onEnd;
    private final AtomicBoolean endTold = new AtomicBoolean();
    private final CreditGate credit = new CreditGate(0);
    private final Mailbox<PayerSession.Event> mailbox =
            new Mailbox<>(new PayerSession.Look(), TICK);
    private final CompletableFuture<Optional<Close>> ended = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();

    // The session's own thread.
    private @Nullable PaymentChannel channel;
    private Metered theirs = new Metered(0, 0, 0);
    private Paid signed = Paid.NOTHING;

    private volatile @Nullable SessionId session;
    private volatile TokenAmount paid = TokenAmount.ZERO;
    private final AtomicLong vouchers = new AtomicLong();
    private volatile Optional<PayerSession.Account> account = Optional.empty();
    private volatile boolean over;

    /** Why the channel could not be topped up, until it could. */
    private volatile Optional<Problem> refused = Optional.empty();

    /** Why the session is over, if nobody just asked for that. */
    private volatile Optional<Problem> ending = Optional.empty();

    PayerBill(
            Payments payments,
            PayerBilling.Agreed agreed,
            Optional<SessionId> before,
            Connection control,
            SessionToken token,
            Consumer<BillEndedException> onEnd) {
        this.payments = payments;
        this.agreed = agreed;
        this.offer = agreed.offer().offer();
        this.before = before;
        this.control = control;
        this.token = token;
        this.onEnd = onEnd;
        credit.onBlocked(mailbox::nudge);
    }

    void start() {
        Thread.ofVirtual().name("payer-session").start(this::run);
    }

    @Override
    public CreditGate credit() {
        return credit;
    }

    @Override
    public CompletionStage<@Nullable Void> ready() {
        return ready.minimalCompletionStage();
    }

    /** Under which the ledger has the session; empty before it began. */
    public Optional<SessionId> ledgerSession() {
        return Optional.ofNullable(session);
    }

    /** What this session has cost so far. */
    public TokenAmount paid() {
        return paid;
    }

    private void run() {
        Optional<Close> close = Optional.empty();
        try (Stream stream = control.openStream(PayeeService.PROTOCOL)) {
            PaymentChannel opened = new PaymentChannel(stream.input(), stream.output());
            channel = opened;
            PayerSession.Transition start = begin();
            Thread.ofVirtual().name("payer-reader").start(() -> read(opened));
            close = carry(start);
        } catch (IOException e) {
            fail(PaymentEnd.PEER_SILENT, "" + e.getMessage());
        } catch (LedgerException e) {
            fail(PaymentEnd.LEDGER_FAILED, e.getMessage() + "; " + e.action());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a paid session failed", e);
            fail(PaymentEnd.UNSPECIFIED, "a mistake in the program");
        } finally {
            over = true;
            credit.allow(0);
            mailbox.end();
            ended.complete(close);
        }
    }

    private void fail(PaymentEnd reason, String detail) {
        ending = PaymentProblems.ended(reason, detail);
        note(reason, detail);
        tellEnd(PaymentEnds.of(reason, detail));
    }

    private PayerSession.Transition begin() throws LedgerException {
        ChannelRecord known = agreed.channel();
        ChannelKey key = known.key();
        ChannelId id = known.id();
        SessionId begun =
                payments.ledger.begin(id, Side.PAYER, Optional.of(control.remotePeer()), before);
        session = begun;
        Optional<SignedVoucher> last = payments.ledger.latest(id, Side.PAYER);
        Paid latest = last.map(SignedVoucher::voucher).map(Paid::of).orElse(Paid.NOTHING);
        signed = new Paid(latest.cumulative().max(known.claimed()), latest.bytes());
        Begin begin =
                new Begin(
                        token,
                        key,
                        agreed.offer().hash(),
                        payments.signer.sign(
                                BeginProof.digest(
                                        id, token, offer.nodeKey(), agreed.offer().hash())),
                        last);
        return PayerSession.start(
                begin,
                new PayerTerms(offer, key, payments.settings.refill()),
                signed,
                known.deposit(),
                payments.allowance(begun),
                payments.nanoTime.getAsLong());
    }

    private void read(PaymentChannel stream) {
        try {
            for (Optional<PaymentMessage> message = stream.receive();
                    message.isPresent() && !over;
                    message = stream.receive()) {
                mailbox.putMessage(new PayerSession.Received(message.orElseThrow()));
            }
            mailbox.put(new PayerSession.Lost("the provider closed the payment stream"));
        } catch (IOException e) {
            mailbox.put(new PayerSession.Lost("" + e.getMessage()));
        } catch (MalformedPaymentException e) {
            mailbox.put(new PayerSession.StopAsked(PaymentEnd.PROTOCOL, "" + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the session is over
        }
    }

    private Optional<Close> carry(PayerSession.Transition start) throws InterruptedException {
        PayerSession.State state = start.state();
        start.effects().forEach(this::apply);
        while (!(state instanceof PayerSession.Ended)) {
            PayerSession.Event event = mailbox.next();
            if (event instanceof PayerSession.Received(Credit(_, _, Metered counted))) {
                theirs = counted;
            } else if (event instanceof PayerSession.Received(CreditBlocked(Metered counted))) {
                theirs = counted;
            }
            Moment moment =
                    new Moment(payments.nanoTime.getAsLong(), credit.metered(), credit.blocked());
            PayerSession.Transition transition = PayerSession.next(state, event, moment);
            state = transition.state();
            transition.effects().forEach(this::apply);
            tell(state);
        }
        return state instanceof PayerSession.Ended(_, _, Optional<Close> close)
                ? close
                : Optional.empty();
    }

    /** What others may know. */
    private void tell(PayerSession.State state) {
        switch (state) {
            case PayerSession.Paying(PayerSession.Account now) -> {
                account = Optional.of(now);
                ready.complete(null);
            }
            case PayerSession.Closing(PayerSession.Account now, _) -> account = Optional.of(now);
            case PayerSession.Beginning _, PayerSession.Ended _ -> {
                // the last numbers stand
            }
        }
    }

    /** How the session stands; empty before the provider took the channel. */
    Optional<SessionPayment> status() {
        return account.map(this::status);
    }

    private SessionPayment status(PayerSession.Account now) {
        Metered metered = credit.metered();
        TokenAmount left = now.allowance().left();
        return new SessionPayment(
                offer.price().perGiB(),
                paid,
                left.equals(Price.MOST) ? null : left,
                metered.billable(),
                now.signed().bytes() - now.base().bytes(),
                metered.unsolicited(),
                now.window().bytes(),
                agreed.channel().id(),
                now.deposit(),
                now.signed().cumulative().isMoreThan(now.deposit())
                        ? TokenAmount.ZERO
                        : now.deposit().minus(now.signed().cumulative()),
                vouchers.get(),
                problem(now, metered).orElse(null));
    }

    private Optional<Problem> problem(PayerSession.Account now, Metered metered) {
        return over
                ? ending
                : PaymentProblems.ofPayer(
                        now,
                        new Moment(payments.nanoTime.getAsLong(), metered, credit.blocked()),
                        refused);
    }

    /** Whether this channel pays, and the session is not over. */
    boolean isPaying(ChannelId channel) {
        return !over && agreed.channel().id().equals(channel);
    }

    private void apply(PayerSession.Effect effect) {
        switch (effect) {
            case PayerSession.Send(PaymentMessage message) -> send(message);
            case PayerSession.Adopt(SignedVoucher voucher) -> adopt(voucher);
            case PayerSession.Sign(Voucher voucher, Metered counted) ->
                    mailbox.follow(sign(voucher, counted));
            case PayerSession.Allow(long until, long watch) -> {
                credit.allow(until);
                credit.watch(watch, mailbox::nudge);
            }
            case PayerSession.Refill(TokenAmount amount) ->
                    Thread.ofVirtual().name("payer-refill").start(() -> refill(amount));
            case PayerSession.End(PaymentEnd reason, String detail) -> {
                credit.allow(0);
                fail(reason, detail);
            }
        }
    }

    private void send(PaymentMessage message) {
        PaymentChannel stream = channel;
        if (stream == null) {
            return;
        }
        try {
            stream.send(message);
        } catch (IOException e) {
            mailbox.put(new PayerSession.Lost("" + e.getMessage()));
        }
    }

    private PayerSession.Event sign(Voucher voucher, Metered counted) {
        SessionId current = Objects.requireNonNull(session);
        TokenAmount more = voucher.cumulative().minus(signed.cumulative());
        try {
            return switch (payments.ledger.reserve(current, more)) {
                case SpendingDecision.CapReached(var period, TokenAmount cap, _, _) ->
                        new PayerSession.NotSigned(
                                PaymentEnd.SPENDING_CAP,
                                Payments.words(cap, period) + " is reached");
                case SpendingDecision.Reserved(Reservation reservation) -> {
                    SignedVoucher made = record(reservation, voucher);
                    payments.ledger.meter(
                            current, PayeeBill.metered(counted), PayeeBill.metered(theirs));
                    signed = Paid.of(voucher);
                    paid = paid.plus(more);
                    long _ = vouchers.incrementAndGet();
                    Allowance left = payments.allowance(current);
                    send(new Pay(made, counted));
                    yield new PayerSession.Signed(voucher, left);
                }
            };
        } catch (LedgerException e) {
            LOG.error("the ledger does not take a voucher: {}", e.getMessage());
            return new PayerSession.NotSigned(
                    PaymentEnd.LEDGER_FAILED, e.getMessage() + "; " + e.action());
        }
    }

    /** Safe on the disk before anybody sees it. */
    private SignedVoucher record(Reservation reservation, Voucher voucher) throws LedgerException {
        try (reservation) {
            SignedVoucher made =
                    new SignedVoucher(
                            voucher, payments.signer.sign(voucher.digest(offer.channels())));
            Acceptance _ = payments.ledger.record(reservation, made);
            return made;
        }
    }

    private void adopt(SignedVoucher voucher) {
        SessionId current = Objects.requireNonNull(session);
        TokenAmount more = voucher.voucher().cumulative().minus(signed.cumulative());
        try {
            switch (payments.ledger.reserve(current, more)) {
                case SpendingDecision.CapReached(var period, TokenAmount cap, _, _) ->
                        mailbox.put(
                                new PayerSession.StopAsked(
                                        PaymentEnd.SPENDING_CAP,
                                        Payments.words(cap, period) + " is reached"));
                case SpendingDecision.Reserved(Reservation reservation) -> {
                    try (reservation) {
                        Acceptance _ = payments.ledger.record(reservation, voucher);
                    }
                }
            }
            signed = Paid.of(voucher.voucher());
            LOG.warn(
                    "the provider holds a voucher of {} that this ledger had lost; it was written"
                            + " down",
                    voucher.voucher().cumulative());
        } catch (LedgerException e) {
            mailbox.put(
                    new PayerSession.StopAsked(
                            PaymentEnd.LEDGER_FAILED, e.getMessage() + "; " + e.action()));
        }
    }

    private void refill(TokenAmount amount) {
        ChannelRecord known = agreed.channel();
        try {
            payments.chain.topUp(known.key(), amount);
            ChannelView view = payments.chain.view(known.key());
            ChannelRecord _ = payments.channels.put(known, view, ChannelRecord.Status.OPEN);
            refused = Optional.empty();
            mailbox.put(new PayerSession.Refilled(view.deposit()));
        } catch (ChainException | LedgerException e) {
            LOG.warn("a channel could not be topped up: {}", e.getMessage());
            refused = Optional.of(PaymentProblems.notRefilled(e));
            mailbox.put(new PayerSession.NotRefilled("" + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mailbox.put(new PayerSession.NotRefilled("interrupted"));
        } catch (RuntimeException e) {
            LOG.error("a channel could not be topped up", e);
            mailbox.put(new PayerSession.NotRefilled("a mistake in the program"));
        }
    }

    private void note(PaymentEnd reason, String detail) {
        SessionId current = session;
        if (current == null) {
            return;
        }
        String why = detail.isBlank() ? reason.words() : reason.words() + ": " + detail;
        try {
            payments.ledger.end(
                    current,
                    PayeeBill.metered(credit.metered()),
                    PayeeBill.metered(theirs),
                    PayeeBill.cut(why));
        } catch (LedgerException e) {
            LOG.error("the ledger does not take the end of a session: {}", e.getMessage());
        }
        LOG.info("payment of a session ended: {} ({})", reason, detail);
    }

    /**
     * Ends session and channel in agreement with the provider.
     *
     * @return what it signed, to be shown to the contract; empty if it did not
     */
    public Optional<Close> closeChannel() {
        mailbox.put(new PayerSession.CloseAsked());
        return ended.copy()
                .completeOnTimeout(Optional.empty(), CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public void settle() {
        mailbox.put(new PayerSession.StopAsked(PaymentEnd.STOPPED, "stopped by the user"));
        Optional<Close> _ =
                ended.copy()
                        .completeOnTimeout(
                                Optional.empty(), SETTLE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
    }

    /** The provider is not to be dealt with any more: the session breaks, and tells why. */
    void distrust(String why) {
        tellEnd(new BillEndedException("provider_revoked", why, false));
        mailbox.put(new PayerSession.Lost(why));
    }

    /** What was told first is why: that payment breaks then follows from it. */
    private void tellEnd(BillEndedException why) {
        if (endTold.compareAndSet(false, true)) {
            onEnd.accept(why);
        }
    }

    /** Whom it is with; empty once it is over. */
    Optional<NodeId> payee() {
        return over
                ? Optional.empty()
                : Optional.of(new NodeId(offer.payee(), new NodeKey(offer.nodeKey())));
    }

    /** Whether it is with this node, which is paid by this wallet. */
    boolean isWith(NodeId node) {
        return offer.nodeKey().equals(node.key().bytes()) && offer.payee().equals(node.wallet());
    }

    @Override
    public void close() {
        mailbox.put(new PayerSession.Lost("the tunnel is over"));
    }
}
