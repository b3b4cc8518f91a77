package org.flowshield.node.payment.session;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.ChannelView;
import org.flowshield.node.payment.Moment;
import org.flowshield.node.payment.PayeeSession;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.channel.Records;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.flowshield.node.payment.wire.PaymentChannel;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of a provider that is paid for. A virtual thread of its own runs its state machine;
 * the stream's thread reads the client's messages; looking at the chain has a thread each time.
 */
final class PayeeBill implements Bill {

    private static final Logger LOG = LoggerFactory.getLogger(PayeeBill.class);

    /** Twice within what a client may take to pay. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** A little more than the machine waits for the last payment. */
    private static final Duration SETTLE_WITHIN = Duration.ofMillis(2500);

    /** What a client sends before it goes is a voucher and a word. */
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(1);

    private static final String MISTAKE = "a mistake in the program";

    private static final PayeeSession.Event NOT_FOUND =
            new PayeeSession.NotFound(PaymentEnd.UNSPECIFIED, MISTAKE);

    private final PayeeService service;
    private final SignedOffer offer;
    private final PeerId peer;
    private final SessionToken token;
    private final Consumer<BillEndedException> onEnd;
    private final CreditGate credit = new CreditGate(0);
    private final Mailbox<PayeeSession.Event> mailbox =
            new Mailbox<>(new PayeeSession.Look(), TICK);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** The client has said all that it will say. */
    private final CompletableFuture<Void> heard = new CompletableFuture<>();

    // The session's own thread.
    private PayeeSession.State state;
    private volatile Metered theirs = new Metered(0, 0, 0);

    private volatile @Nullable PaymentChannel channel;
    private volatile @Nullable Runnable hangUp;
    private volatile @Nullable ChannelKey key;
    private volatile @Nullable SessionId session;
    private final AtomicLong vouchers = new AtomicLong();
    private volatile Optional<PayeeSession.Account> account = Optional.empty();

    /** Why it is not known how the channel stands now. */
    private volatile Optional<String> unseen = Optional.empty();

    PayeeBill(
            PayeeService service,
            SignedOffer offer,
            PeerId peer,
            SessionToken token,
            Consumer<BillEndedException> onEnd) {
        this.service = service;
        this.offer = offer;
        this.peer = peer;
        this.token = token;
        this.onEnd = onEnd;
        state =
                PayeeSession.start(
                        new PayeeSession.PayeeTerms(offer.offer(), offer.hash()),
                        token,
                        service.nanoTime.getAsLong());
        credit.onBlocked(mailbox::nudge);
    }

    void start() {
        Thread.ofVirtual().name("payee-session").start(this::run);
    }

    PeerId peer() {
        return peer;
    }

    boolean isOf(SessionToken other) {
        return token.equals(other);
    }

    @Override
    public CreditGate credit() {
        return credit;
    }

    /** Gives the session its stream; false if it has one, or is over. */
    synchronized boolean attach(PaymentChannel stream, Runnable closing, Begin begin) {
        if (channel != null || ended.isDone()) {
            return false;
        }
        channel = stream;
        hangUp = closing;
        mailbox.put(new PayeeSession.Received(begin));
        return true;
    }

    /** Reads the client's messages until the session is over. */
    void read(PaymentChannel stream) {
        try {
            for (Optional<PaymentMessage> message = stream.receive();
                    message.isPresent() && !ended.isDone();
                    message = stream.receive()) {
                mailbox.putMessage(new PayeeSession.Received(message.orElseThrow()));
            }
            mailbox.put(new PayeeSession.Lost("the client closed the payment stream"));
        } catch (IOException e) {
            mailbox.put(new PayeeSession.Lost("" + e.getMessage()));
        } catch (MalformedPaymentException e) {
            mailbox.put(new PayeeSession.StopAsked(PaymentEnd.PROTOCOL, "" + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the session is over
        } finally {
            heard.complete(null);
        }
    }

    private void run() {
        try {
            while (!(state instanceof PayeeSession.Ended)) {
                step(mailbox.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a paid session failed", e);
            credit.allow(0);
            onEnd.accept(
                    new BillEndedException(
                            "internal", "a mistake in the program ended the session", false));
        } finally {
            over();
        }
    }

    private void step(PayeeSession.Event event) {
        PayeeSession.State before = state;
        Moment moment =
                new Moment(service.nanoTime.getAsLong(), credit.metered(), credit.blocked());
        PayeeSession.Transition transition = PayeeSession.next(before, event, moment);
        state = transition.state();
        tell(state);
        for (PayeeSession.Effect effect : transition.effects()) {
            apply(effect, before);
        }
    }

    /** What others may know. */
    private void tell(PayeeSession.State now) {
        switch (now) {
            case PayeeSession.Serving(PayeeSession.Account serving) ->
                    account = Optional.of(serving);
            case PayeeSession.Stopping stopping -> account = Optional.of(stopping.account());
            case PayeeSession.Waiting _, PayeeSession.Checking _, PayeeSession.Ended _ -> {
                // the last numbers stand
            }
        }
    }

    /** How the session stands; empty before it is known how it is paid. */
    Optional<SessionPayment> status() {
        return account.map(this::status);
    }

    private SessionPayment status(PayeeSession.Account now) {
        Metered metered = credit.metered();
        TokenAmount deposit = now.deposit().usable();
        TokenAmount held = now.held().cumulative();
        return new SessionPayment(
                offer.offer().price().perGiB(),
                held.minus(now.base().cumulative()),
                null,
                metered.billable(),
                offer.offer().price().bytesFor(held.minus(now.base().cumulative())),
                theirs.unsolicited(),
                now.window().bytes(),
                now.channel().id(offer.offer().channels()),
                deposit,
                held.isMoreThan(deposit) ? TokenAmount.ZERO : deposit.minus(held),
                vouchers.get(),
                problem(now, metered).orElse(null));
    }

    private Optional<Problem> problem(PayeeSession.Account now, Metered metered) {
        return PaymentProblems.ofPayee(
                now, new Moment(service.nanoTime.getAsLong(), metered, credit.blocked()), unseen);
    }

    private void apply(PayeeSession.Effect effect, PayeeSession.State before) {
        switch (effect) {
            case PayeeSession.Send(PaymentMessage message) -> send(message);
            case PayeeSession.Check(ChannelKey asked, Optional<SignedVoucher> last) ->
                    aside(() -> found(asked, last), NOT_FOUND);
            case PayeeSession.LookAt(ChannelKey asked) ->
                    aside(() -> look(asked), new PayeeSession.NotSeen(MISTAKE));
            case PayeeSession.Keep(SignedVoucher voucher, Metered counted) ->
                    mailbox.follow(keep(voucher, counted));
            case PayeeSession.Allow(long until, long watch) -> {
                credit.allow(until);
                credit.watch(watch, mailbox::nudge);
            }
            case PayeeSession.AgreeToClose(ChannelId id, TokenAmount amount) -> agree(id, amount);
            case PayeeSession.End(PaymentEnd reason, String detail) -> end(reason, detail, before);
        }
    }

    /** It is on the disk that nobody is served through it any more, then it is signed. */
    private void agree(ChannelId id, TokenAmount amount) {
        try {
            service.ledger.put(service.ledger.channel(id, Side.PAYEE).orElseThrow().agreed());
        } catch (LedgerException e) {
            LOG.error("the end of a channel is not agreed on: {}", e.getMessage());
            return; // the client closes it without us
        }
        send(
                new Close(
                        amount,
                        service.closer.sign(
                                new CooperativeClose(id, amount)
                                        .digest(offer.offer().channels()))));
    }

    private void send(PaymentMessage message) {
        PaymentChannel stream = channel;
        if (stream == null) {
            return; // nobody has come whom it could be said to
        }
        try {
            stream.send(message);
        } catch (IOException e) {
            mailbox.put(new PayeeSession.Lost("" + e.getMessage()));
        }
    }

    /**
     * Looks at the chain beside the session, which waits for what comes of it.
     *
     * @param mistake what the session hears if the look fails as it never should
     */
    private void aside(Supplier<PayeeSession.Event> look, PayeeSession.Event mistake) {
        Thread.ofVirtual()
                .name("payee-channel")
                .start(
                        () -> {
                            PayeeSession.Event seen = mistake;
                            try {
                                seen = look.get();
                            } catch (RuntimeException e) {
                                LOG.error("a channel could not be looked at", e);
                            }
                            mailbox.put(seen);
                        });
    }

    // ---- the channel ----

    private PayeeSession.Event found(ChannelKey asked, Optional<SignedVoucher> last) {
        ChannelId id = asked.id(offer.offer().channels());
        try {
            ChannelView view = service.chain.view(asked);
            if (!view.isOpen()) {
                return new PayeeSession.Found(view, Optional.empty(), 0);
            }
            key = asked;
            if (!service.use(id, this)) {
                return new PayeeSession.NotFound(
                        PaymentEnd.CHANNEL_BUSY, "another session uses this channel");
            }
            note(asked, view);
            if (service.isTakenOut(id) || isAgreed(id)) {
                return new PayeeSession.NotFound(
                        PaymentEnd.CHANNEL_CLOSING, "its end was agreed on");
            }
            SessionId begun =
                    service.ledger.begin(id, Side.PAYEE, Optional.of(peer), Optional.empty());
            session = begun;
            if (last.isPresent()) {
                Acceptance _ = service.ledger.accept(begun, last.orElseThrow());
            }
            return new PayeeSession.Found(
                    view, service.ledger.latest(id, Side.PAYEE), service.arrears.of(id));
        } catch (ChainException e) {
            return new PayeeSession.NotFound(PaymentEnd.CHAIN_UNREACHABLE, "" + e.getMessage());
        } catch (LedgerException e) {
            LOG.error("the ledger does not take a session: {}", e.getMessage());
            return new PayeeSession.NotFound(
                    PaymentEnd.LEDGER_FAILED, "the provider can't write down payments");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new PayeeSession.NotFound(PaymentEnd.STOPPED, "interrupted");
        }
    }

    private boolean isAgreed(ChannelId id) throws LedgerException {
        return service.ledger
                .channel(id, Side.PAYEE)
                .filter(known -> known.status() == ChannelRecord.Status.AGREED)
                .isPresent();
    }

    private void note(ChannelKey asked, ChannelView view) throws LedgerException {
        service.ledger.put(
                Records.of(
                        asked,
                        offer.offer().channels(),
                        Side.PAYEE,
                        Optional.of(peer),
                        offer.hash(),
                        view,
                        service.ledger.channel(asked.id(offer.offer().channels()), Side.PAYEE)));
    }

    private PayeeSession.Event look(ChannelKey asked) {
        try {
            ChannelView view = service.chain.view(asked);
            if (view.isOpen()) {
                note(asked, view);
            }
            unseen = Optional.empty();
            return new PayeeSession.Seen(view);
        } catch (ChainException | LedgerException e) {
            unseen = Optional.of("" + e.getMessage());
            return new PayeeSession.NotSeen("" + e.getMessage());
        }
    }

    private PayeeSession.Event keep(SignedVoucher voucher, Metered counted) {
        theirs = counted;
        SessionId current = session;
        if (current == null) {
            return new PayeeSession.NotKept(
                    PaymentEnd.LEDGER_FAILED, "the session is not recorded");
        }
        try {
            return switch (service.ledger.accept(current, voucher)) {
                case Acceptance.Added _, Acceptance.AlreadyHeld _ -> {
                    service.ledger.meter(current, metered(credit.metered()), metered(counted));
                    long _ = vouchers.incrementAndGet();
                    yield new PayeeSession.Kept(voucher);
                }
                case Acceptance.NotHigher _ ->
                        new PayeeSession.NotKept(
                                PaymentEnd.BAD_VOUCHER, "a higher voucher is known already");
            };
        } catch (LedgerException e) {
            LOG.error("the ledger does not take a voucher: {}", e.getMessage());
            return new PayeeSession.NotKept(
                    PaymentEnd.LEDGER_FAILED, "the provider can't write down payments");
        }
    }

    static SessionRecord.Metered metered(Metered counted) {
        return new SessionRecord.Metered(counted.billable(), counted.unsolicited());
    }

    // ---- the end ----

    /** Another session of the same client comes: whether this one has made room for it. */
    boolean giveWay() throws InterruptedException {
        mailbox.put(
                new PayeeSession.StopAsked(
                        PaymentEnd.STOPPED, "the client uses the channel in another session"));
        try {
            ended.get(SETTLE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private void end(PaymentEnd reason, String detail, PayeeSession.State before) {
        credit.allow(0);
        Metered ours = credit.metered();
        ChannelKey used = key;
        if (used != null) {
            service.arrears.add(
                    used.id(offer.offer().channels()), PayeeSession.unpaid(before, ours));
        }
        SessionId current = session;
        if (current != null) {
            String why = detail.isBlank() ? reason.words() : reason.words() + ": " + detail;
            try {
                service.ledger.end(current, metered(ours), metered(theirs), cut(why));
            } catch (LedgerException e) {
                LOG.error("the ledger does not take the end of a session: {}", e.getMessage());
            }
        }
        LOG.info("payment of a session ended: {} ({})", reason, detail);
        onEnd.accept(PaymentEnds.of(reason, detail));
    }

    static String cut(String reason) {
        int most = SessionRecord.End.MAX_REASON;
        return reason.length() <= most ? reason : reason.substring(0, most);
    }

    private synchronized void over() {
        ChannelKey used = key;
        service.over(
                this, Optional.ofNullable(used).map(some -> some.id(offer.offer().channels())));
        ended.complete(null);
        mailbox.end();
        Runnable closing = hangUp;
        if (closing != null) {
            closing.run();
        }
    }

    @Override
    public void settle() {
        mailbox.put(new PayeeSession.StopAsked(PaymentEnd.SHUTTING_DOWN, "the provider stops"));
        Void _ =
                ended.copy()
                        .completeOnTimeout(null, SETTLE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
    }

    /** The last payment, and why the client went, are here or on their way. */
    @Override
    public void close() {
        PayeeSession.Lost lost = new PayeeSession.Lost("the tunnel is over");
        if (channel == null) {
            mailbox.put(lost);
        } else {
            CompletableFuture<Void> _ =
                    heard.copy()
                            .completeOnTimeout(null, HEARD_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                            .thenRun(() -> mailbox.put(lost));
        }
    }
}
