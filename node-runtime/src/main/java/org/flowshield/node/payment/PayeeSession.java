package org.flowshield.node.payment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.CloseRequest;
import org.flowshield.node.payment.wire.PaymentMessage.Credit;
import org.flowshield.node.payment.wire.PaymentMessage.CreditBlocked;
import org.flowshield.node.payment.wire.PaymentMessage.Pay;
import org.flowshield.node.payment.wire.PaymentMessage.Ready;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.flowshield.node.payment.wire.PaymentMessage.Stop;
import org.flowshield.node.payment.wire.PaymentMessage.Terms;
import org.flowshield.node.payment.wire.PaymentMessage.ToppedUp;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.PaidMeter;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;

/**
 * The provider's side of a paid session, as a pure state machine.
 *
 * <pre>
 *            Begin              channel is good           closed in agreement,
 *  Waiting ---------> Checking ------------------> Serving  deposit used up, stopped   Stopping
 *     |                  |                            | \_________________________________^ |
 *     | silent           | Refused                    | peer cheats, stalls, stops          | last Pay,
 *     v                  v                            v                                     v silence
 *   Ended <----------- Ended                        Ended <---------------------------------+
 * </pre>
 *
 * <p>It serves at most a {@link CreditWindow} ahead of what vouchers in its ledger pay for, and
 * never more than the channel's deposit covers: so no more than a window can be lost, whatever the
 * client does. A voucher is checked for channel, order, price, deposit and signature, in this
 * order, and is on the disk before anything is served for it.
 *
 * <p>Each event comes with the {@link Moment} of it. Every {@link Keep} is answered at once by
 * {@link Kept} or {@link NotKept}, before any other event.
 */
public final class PayeeSession {

    /** A client says Begin with the opening of the stream, right after Welcome. */
    static final Duration BEGIN_WITHIN = Duration.ofSeconds(10);

    /** Our node of the chain may be some blocks behind the client's. */
    static final Duration CHANNEL_WITHIN = Duration.ofSeconds(20);

    /** Between two looks at a channel that is not there yet. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Between two looks at a channel that waits for confirmations; a block takes 2 to 12 s. */
    static final Duration LOOK_SOON = Duration.ofSeconds(4);

    /**
     * Between two looks at a channel of which nothing is expected: it may be closed within a day.
     */
    static final Duration LOOK_EVERY = Duration.ofSeconds(60);

    /** After a hint that there is a top-up: its confirmations. */
    static final Duration EXPECT_FOR = Duration.ofMinutes(3);

    /** A super-packet on the slowest radio link takes less; then its client pays at once. */
    static final Duration STALLED_AFTER = Duration.ofSeconds(30);

    /** After which two honest meters agree: nothing is under way for longer. */
    static final Duration QUIET_FOR = Duration.ofSeconds(60);

    /** The client hears that we stop, and pays what it owes. */
    static final Duration LAST_PAY_WITHIN = Duration.ofSeconds(1);

    /**
     * What is under way when a session breaks is counted here and never reaches the client: so much
     * of it is not held against a channel, whose opening costs about as much.
     */
    static final long TOLERATED = 4L << 20;

    /** Or this part of what was paid through it. */
    private static final int TOLERATED_PART = 8;

    /** Where the session stands. */
    public sealed interface State {}

    /** The tunnel is granted, and shut. */
    public record Waiting(PayeeTerms terms, SessionToken token, long since) implements State {}

    /** The channel is being looked at. */
    public record Checking(PayeeTerms terms, Begin begin, long since, OptionalLong askAgainAt)
            implements State {}

    /** Traffic flows. */
    public record Serving(Account account) implements State {}

    /** The client was told to stop. */
    public record Stopping(Account account, PaymentEnd reason, String detail, long since)
            implements State {}

    /** It is over. */
    public record Ended(PaymentEnd reason, String detail) implements State {}

    /**
     * What a session is served for. Immutable.
     *
     * @param hash of the offer
     */
    public record PayeeTerms(Offer offer, Bytes32 hash) {}

    /**
     * How the session stands in numbers.
     *
     * @param base what the channel had paid when the session began
     * @param held what it has paid by the last voucher in the ledger
     * @param last that voucher
     * @param onChain what the channel holds at the chain's head
     * @param deposit what is counted on
     * @param blockedSince when something began to wait for payment
     * @param reported what the client was told last that was counted here
     * @param theirs what the client said last that it had counted
     * @param quiet when {@code counted} last changed
     * @param lookedAt when the channel was last looked at
     * @param looking whether it is being looked at
     * @param expectUntil until when news of the channel are expected
     */
    public record Account(
            PayeeTerms terms,
            ChannelKey channel,
            Paid base,
            Paid held,
            Optional<SignedVoucher> last,
            CreditWindow window,
            TokenAmount onChain,
            Deposit deposit,
            OptionalLong blockedSince,
            long reported,
            long reportedAt,
            Metered theirs,
            Quiet quiet,
            long lookedAt,
            boolean looking,
            long expectUntil) {

        ChannelId id() {
            return channel.id(terms.offer().channels());
        }

        Price price() {
            return terms.offer().price();
        }

        /** Bytes of this session that are paid for and safe. */
        long paidBytes() {
            return price().bytesFor(held.cumulative().min(covered()).minus(base.cumulative()));
        }

        private TokenAmount covered() {
            return deposit.usable().max(base.cumulative());
        }

        /** Bytes of this session that the deposit covers. */
        long payable() {
            return price().bytesFor(covered().minus(base.cumulative()));
        }

        /** What has been served and not been paid for. */
        long unpaid(Metered metered) {
            return Math.max(0, metered.billable() - paidBytes());
        }

        long until() {
            return Math.max(
                    0, Math.min(paidBytes() + window.bytes(), payable()) - PaidMeter.MAX_OVERSHOOT);
        }

        Terms said() {
            return new Terms(window.bytes(), deposit);
        }

        private Builder but() {
            return new Builder(this);
        }
    }

    /** Since when so many bytes have been counted and no more. */
    public record Quiet(long billable, long since) {}

    /** Changes some numbers of an account. */
    private static final class Builder {
        private final Account from;
        private Paid held;
        private Optional<SignedVoucher> last;
        private CreditWindow window;
        private TokenAmount onChain;
        private Deposit deposit;
        private OptionalLong blockedSince;
        private long reported;
        private long reportedAt;
        private Metered theirs;
        private Quiet quiet;
        private long lookedAt;
        private boolean looking;
        private long expectUntil;

        Builder(Account from) {
            this.from = from;
            held = from.held;
            last = from.last;
            window = from.window;
            onChain = from.onChain;
            deposit = from.deposit;
            blockedSince = from.blockedSince;
            reported = from.reported;
            reportedAt = from.reportedAt;
            theirs = from.theirs;
            quiet = from.quiet;
            lookedAt = from.lookedAt;
            looking = from.looking;
            expectUntil = from.expectUntil;
        }

        Account build() {
            return new Account(
                    from.terms,
                    from.channel,
                    from.base,
                    held,
                    last,
                    window,
                    onChain,
                    deposit,
                    blockedSince,
                    reported,
                    reportedAt,
                    theirs,
                    quiet,
                    lookedAt,
                    looking,
                    expectUntil);
        }
    }

    /** What happens to a session. */
    public sealed interface Event {}

    /** The client said something. */
    public record Received(PaymentMessage message) implements Event {}

    /**
     * The channel was looked at for the first time.
     *
     * @param held the highest voucher in the ledger
     * @param arrears bytes that were served through this channel before and not paid for
     */
    public record Found(ChannelView view, Optional<SignedVoucher> held, long arrears)
            implements Event {}

    /** It can't be used, or not be looked at. */
    public record NotFound(PaymentEnd reason, String detail) implements Event {}

    /** The channel was looked at again. */
    public record Seen(ChannelView view) implements Event {}

    /** It could not be looked at; what was known stands. */
    public record NotSeen(String detail) implements Event {}

    /** The voucher is in the ledger, on the disk. */
    public record Kept(SignedVoucher voucher) implements Event {}

    /** It is not. */
    public record NotKept(PaymentEnd reason, String detail) implements Event {}

    /** Somebody asked for the end of the session. */
    public record StopAsked(PaymentEnd reason, String detail) implements Event {}

    /** The stream broke, or the tunnel is over. */
    public record Lost(String detail) implements Event {}

    /**
     * Time goes by, or the meter has reached what was watched for; comes at least once a second.
     */
    public record Look() implements Event {}

    /** What is to be done. */
    public sealed interface Effect {}

    /** Send this on the payment stream. */
    public record Send(PaymentMessage message) implements Effect {}

    /**
     * Keep the voucher if there is one, look at chain, ledger and the other sessions, and answer
     * with Found or NotFound in time.
     *
     * @param last signed by the channel's signer
     */
    public record Check(ChannelKey channel, Optional<SignedVoucher> last) implements Effect {}

    /** Look at the chain again, and answer with Seen or NotSeen in time. */
    public record LookAt(ChannelKey channel) implements Effect {}

    /** Write the voucher down, and answer. */
    public record Keep(SignedVoucher voucher, Metered theirs) implements Effect {}

    /** Serve until so many bytes of the session, and look again at so many. */
    public record Allow(long until, long watch) implements Effect {}

    /** Sign, in the payee's name, that the channel is closed with this amount, and send that. */
    public record AgreeToClose(ChannelId channel, TokenAmount finalAmount) implements Effect {}

    /** The tunnel ends. */
    public record End(PaymentEnd reason, String detail) implements Effect {}

    /** The state after an event and what is to be done, in order. */
    public record Transition(State state, List<Effect> effects) {
        public Transition {
            effects = List.copyOf(effects);
        }
    }

    private PayeeSession() {}

    /** The tunnel was granted to a client that agreed to these terms. */
    public static State start(PayeeTerms terms, SessionToken token, long now) {
        return new Waiting(terms, token, now);
    }

    public static Transition next(State state, Event event, Moment moment) {
        return switch (state) {
            case Waiting waiting -> next(waiting, event, moment);
            case Checking checking -> next(checking, event, moment);
            case Serving serving -> next(serving, event, moment);
            case Stopping stopping -> next(stopping, event, moment);
            case Ended ended -> stay(ended);
        };
    }

    /** What was served and not paid for. */
    public static long unpaid(State state, Metered metered) {
        return switch (state) {
            case Waiting _, Checking _, Ended _ -> 0;
            case Serving(Account account) -> account.unpaid(metered);
            case Stopping stopping -> stopping.account().unpaid(metered);
        };
    }

    // ---- waiting ----

    private static Transition next(Waiting state, Event event, Moment moment) {
        return switch (event) {
            case Received(Begin begin) -> begin(state, begin, moment);
            case Received(Stop(PaymentEnd reason, String detail)) -> quit(reason, detail);
            case Received(PaymentMessage other) -> unexpected(other);
            case StopAsked(PaymentEnd reason, String detail) -> refuse(reason, detail);
            case Lost(String detail) -> quit(PaymentEnd.PEER_SILENT, detail);
            case Look() when moment.now() - state.since() >= BEGIN_WITHIN.toNanos() ->
                    refuse(PaymentEnd.PEER_SILENT, "the client did not say how it pays");
            case Look(), Found _, NotFound _, Seen _, NotSeen _, Kept _, NotKept _ -> stay(state);
        };
    }

    private static Transition begin(Waiting state, Begin begin, Moment moment) {
        PayeeTerms terms = state.terms();
        ChannelKey channel = begin.channel();
        ChannelId id = channel.id(terms.offer().channels());
        if (!begin.token().equals(state.token())) {
            return refuse(PaymentEnd.BAD_TOKEN, "no session has this token");
        }
        if (!begin.offerHash().equals(terms.hash())) {
            return refuse(PaymentEnd.OFFER_CHANGED, "the session was granted on another offer");
        }
        if (!channel.payee().equals(terms.offer().payee())) {
            return refuse(PaymentEnd.NO_CHANNEL, "the channel pays somebody else");
        }
        Bytes32 digest =
                BeginProof.digest(id, begin.token(), terms.offer().nodeKey(), terms.hash());
        if (!begin.proof().isBy(channel.signer(), digest)) {
            return refuse(
                    PaymentEnd.NOT_SIGNER, "the channel's signer has not signed for this session");
        }
        Optional<SignedVoucher> last =
                begin.last().filter(voucher -> voucher.voucher().channel().equals(id));
        if (last.isPresent() != begin.last().isPresent()
                || last.filter(voucher -> !isSigned(voucher, channel, terms)).isPresent()) {
            return refuse(PaymentEnd.BAD_VOUCHER, "the last voucher is not one of this channel");
        }
        return new Transition(
                new Checking(terms, begin, moment.now(), OptionalLong.empty()),
                List.of(new Check(channel, last)));
    }

    private static boolean isSigned(SignedVoucher voucher, ChannelKey channel, PayeeTerms terms) {
        return voucher.isBy(channel.signer(), terms.offer().channels());
    }

    // ---- checking ----

    private static Transition next(Checking state, Event event, Moment moment) {
        return switch (event) {
            case Found found -> found(state, found, moment);
            case NotFound(PaymentEnd reason, String detail) -> refuse(reason, detail);
            case Received(Stop(PaymentEnd reason, String detail)) -> quit(reason, detail);
            case Received(ToppedUp()) -> stay(state);
            case Received(PaymentMessage other) -> unexpected(other);
            case StopAsked(PaymentEnd reason, String detail) -> refuse(reason, detail);
            case Lost(String detail) -> quit(PaymentEnd.PEER_SILENT, detail);
            case Look()
                    when state.askAgainAt().isPresent()
                            && moment.now() - state.askAgainAt().getAsLong() >= 0 ->
                    new Transition(
                            new Checking(
                                    state.terms(),
                                    state.begin(),
                                    state.since(),
                                    OptionalLong.empty()),
                            List.of(new Check(state.begin().channel(), state.begin().last())));
            case Look(), Seen _, NotSeen _, Kept _, NotKept _ -> stay(state);
        };
    }

    private static Transition found(Checking state, Found found, Moment moment) {
        ChannelView view = found.view();
        Paid held = found.held().map(SignedVoucher::voucher).map(Paid::of).orElse(Paid.NOTHING);
        // What was claimed was signed, even if our ledger has lost it.
        Paid base = new Paid(held.cumulative().max(view.claimed()), held.bytes());
        Offer offer = state.terms().offer();
        return switch (view.status()) {
            case NONE -> {
                boolean late = moment.now() - state.since() >= CHANNEL_WITHIN.toNanos();
                yield late
                        ? refuse(PaymentEnd.NO_CHANNEL, "the chain does not know this channel")
                        : stay(
                                new Checking(
                                        state.terms(),
                                        state.begin(),
                                        state.since(),
                                        OptionalLong.of(moment.now() + LOOK_AGAIN.toNanos())));
            }
            case CLOSING, CLOSED ->
                    refuse(PaymentEnd.CHANNEL_CLOSING, "the channel is closed or being closed");
            case OPEN -> {
                if (view.deposit().compareTo(offer.minDeposit()) < 0) {
                    yield refuse(
                            PaymentEnd.DEPOSIT_TOO_LOW,
                            "the channel holds %s, this provider asks for %s"
                                    .formatted(view.deposit(), offer.minDeposit()));
                }
                if (found.arrears() > tolerated(base)) {
                    yield refuse(
                            PaymentEnd.ARREARS,
                            "%d bytes that went through this channel were not paid for"
                                    .formatted(found.arrears()));
                }
                yield serve(state, view, base, found.held(), moment);
            }
        };
    }

    private static long tolerated(Paid paid) {
        return Math.max(TOLERATED, paid.bytes() / TOLERATED_PART);
    }

    private static Transition serve(
            Checking state,
            ChannelView view,
            Paid base,
            Optional<SignedVoucher> held,
            Moment moment) {
        Deposit deposit = view.countedOn();
        Account account =
                new Account(
                        state.terms(),
                        state.begin().channel(),
                        base,
                        base,
                        held,
                        state.terms()
                                .offer()
                                .window(
                                        base.cumulative().min(deposit.usable()),
                                        deposit.confirmed()),
                        view.deposit(),
                        deposit,
                        OptionalLong.empty(),
                        0,
                        moment.now(),
                        new Metered(0, 0, 0),
                        new Quiet(0, moment.now()),
                        moment.now(),
                        false,
                        moment.now());
        return new Transition(
                new Serving(account),
                List.of(new Send(new Ready(base, held, account.said())), allow(account, moment)));
    }

    // ---- serving ----

    private static Transition next(Serving state, Event event, Moment moment) {
        Account account = state.account();
        return switch (event) {
            case Received(Pay(SignedVoucher voucher, Metered counted)) ->
                    pay(account, voucher, counted, moment);
            case Received(ToppedUp()) -> expecting(account, moment);
            case Received(CloseRequest(TokenAmount amount)) -> close(account, amount, moment);
            case Received(Stop(PaymentEnd reason, String detail)) -> quit(reason, detail);
            case Received(PaymentMessage other) -> unexpected(other);
            case Kept(SignedVoucher voucher) -> kept(account, voucher, moment);
            case NotKept(PaymentEnd reason, String detail) -> end(reason, detail);
            case Seen(ChannelView view) -> seen(account, view, moment);
            case NotSeen _ -> settle(looked(account, moment), List.of(), moment);
            case StopAsked(PaymentEnd reason, String detail) ->
                    stop(account, reason, detail, List.of(), moment);
            case Lost(String detail) -> quit(PaymentEnd.PEER_SILENT, detail);
            case Look() -> settle(account, List.of(), moment);
            case Found _, NotFound _ -> stay(state);
        };
    }

    private static Transition pay(
            Account account, SignedVoucher signed, Metered theirs, Moment moment) {
        Builder but = account.but();
        but.theirs = theirs;
        Account told = but.build();
        if (Optional.of(signed).equals(account.last())) {
            return settle(told, List.of(), moment); // a bearer may show it twice
        }
        return refusal(account, signed, moment)
                .orElseGet(
                        () -> new Transition(new Serving(told), List.of(new Keep(signed, theirs))));
    }

    private static Optional<Transition> refusal(
            Account account, SignedVoucher signed, Moment moment) {
        Paid paid = Paid.of(signed.voucher());
        if (!signed.voucher().channel().equals(account.id())) {
            return Optional.of(end(PaymentEnd.BAD_VOUCHER, "a voucher of another channel"));
        }
        if (!paid.isAfter(account.held())) {
            return Optional.of(
                    end(PaymentEnd.BAD_VOUCHER, "a voucher that is not above the one before"));
        }
        long served = paid.bytes() - account.base().bytes();
        TokenAmount due = account.base().cumulative().plus(account.price().cost(served));
        if (due.isMoreThan(paid.cumulative())) {
            return Optional.of(
                    end(
                            PaymentEnd.UNDERPAID,
                            "a voucher of %s for what costs %s".formatted(paid.cumulative(), due)));
        }
        if (paid.cumulative().isMoreThan(account.onChain())) {
            return Optional.of(
                    end(PaymentEnd.BAD_VOUCHER, "a voucher above what the channel holds"));
        }
        long most =
                moment.metered().billable() + account.window().bytes() + PaidMeter.MAX_OVERSHOOT;
        if (served > most) {
            return Optional.of(
                    end(
                            PaymentEnd.METERS_DISAGREE,
                            "the client claims %d bytes, %d were counted here"
                                    .formatted(served, moment.metered().billable())));
        }
        return isSigned(signed, account.channel(), account.terms())
                ? Optional.empty()
                : Optional.of(
                        end(PaymentEnd.BAD_VOUCHER, "a voucher that somebody else has signed"));
    }

    private static Transition kept(Account account, SignedVoucher voucher, Moment moment) {
        long before = account.paidBytes();
        Builder but = account.but();
        but.held = Paid.of(voucher.voucher());
        but.last = Optional.of(voucher);
        but.blockedSince = OptionalLong.empty();
        Account paid = but.build();
        Builder grown = paid.but();
        grown.window = account.window().after(paid.paidBytes() - before);
        return report(grown.build(), List.of(), moment.letGo());
    }

    private static Transition expecting(Account account, Moment moment) {
        Builder but = account.but();
        but.expectUntil = moment.now() + EXPECT_FOR.toNanos();
        but.lookedAt =
                Math.min(account.lookedAt(), moment.now() - LOOK_SOON.minus(LOOK_AGAIN).toNanos());
        return settle(but.build(), List.of(), moment);
    }

    private static Account looked(Account account, Moment moment) {
        Builder but = account.but();
        but.looking = false;
        but.lookedAt = moment.now();
        return but.build();
    }

    private static Transition seen(Account account, ChannelView view, Moment moment) {
        Deposit deposit = view.countedOn();
        Builder but = looked(account, moment).but();
        but.onChain = view.deposit();
        but.deposit = deposit;
        but.window = account.window().confirmed(deposit.confirmed());
        Account now = but.build();
        return switch (view.status()) {
            case NONE ->
                    stop(
                            now,
                            PaymentEnd.NO_CHANNEL,
                            "the chain has lost the channel",
                            List.of(),
                            moment);
            case CLOSING, CLOSED ->
                    stop(
                            now,
                            PaymentEnd.CHANNEL_CLOSING,
                            "the channel is being closed",
                            List.of(),
                            moment);
            case OPEN ->
                    deposit.equals(account.deposit())
                            ? settle(now, List.of(), moment)
                            : report(now, List.of(), moment);
        };
    }

    private static Transition close(Account account, TokenAmount amount, Moment moment) {
        if (!amount.equals(account.held().cumulative())) {
            return stop(
                    account,
                    PaymentEnd.BAD_VOUCHER,
                    "the channel has paid %s, not %s"
                            .formatted(account.held().cumulative(), amount),
                    List.of(),
                    moment);
        }
        return stop(
                account,
                PaymentEnd.STOPPED,
                "the channel is closed",
                List.of(new AgreeToClose(account.id(), amount)),
                moment);
    }

    // ---- what follows from the numbers ----

    /** Tells the client how it stands. */
    private static Transition report(Account account, List<Effect> done, Moment moment) {
        Builder but = account.but();
        but.reported = moment.metered().billable();
        but.reportedAt = moment.now();
        Account now = but.build();
        List<Effect> effects = new ArrayList<>(done);
        effects.add(
                new Send(
                        new Credit(account.held().cumulative(), account.said(), moment.metered())));
        return settle(now, effects, moment);
    }

    private static Transition settle(Account before, List<Effect> done, Moment moment) {
        Account account = timed(before, moment);
        Optional<Transition> wrong = wrong(account, moment);
        if (wrong.isPresent()) {
            return wrong.orElseThrow();
        }
        if (isToBeReported(account, moment)) {
            return report(account, done, moment);
        }
        List<Effect> effects = new ArrayList<>(done);
        effects.add(allow(account, moment));
        Builder but = account.but();
        if (moment.held() && account.blockedSince().isEmpty()) {
            but.blockedSince = OptionalLong.of(moment.now());
            effects.add(new Send(new CreditBlocked(moment.metered())));
        }
        boolean expecting =
                !account.deposit().confirmed() || moment.now() - account.expectUntil() < 0;
        Duration every = expecting ? LOOK_SOON : LOOK_EVERY;
        if (!account.looking() && moment.now() - account.lookedAt() >= every.toNanos()) {
            but.looking = true;
            effects.add(new LookAt(account.channel()));
        }
        return new Transition(new Serving(but.build()), effects);
    }

    /** A client that has sent a lot ahead waits to hear that it arrived. */
    private static boolean isToBeReported(Account account, Moment moment) {
        long more = moment.metered().billable() - account.reported();
        return more >= account.window().half()
                || (more > 0 && moment.now() - account.reportedAt() >= LOOK_AGAIN.toNanos());
    }

    private static Account timed(Account account, Moment moment) {
        Builder but = account.but();
        long billable = moment.metered().billable();
        if (billable != account.quiet().billable()) {
            but.quiet = new Quiet(billable, moment.now());
        }
        if (!moment.held()) {
            but.blockedSince = OptionalLong.empty();
        }
        return but.build();
    }

    private static Optional<Transition> wrong(Account account, Moment moment) {
        long unpaid = account.unpaid(moment.metered());
        boolean stalled =
                account.blockedSince().isPresent()
                        && moment.now() - account.blockedSince().getAsLong()
                                >= STALLED_AFTER.toNanos();
        boolean expecting = moment.now() - account.expectUntil() < 0;
        boolean usedUp = account.payable() <= account.paidBytes() + account.window().bytes();
        if (stalled && usedUp && !expecting) {
            return Optional.of(
                    stop(
                            account,
                            PaymentEnd.DEPOSIT_USED_UP,
                            "the channel's deposit of %s is used up"
                                    .formatted(account.deposit().usable()),
                            List.of(),
                            moment));
        }
        if (stalled && !usedUp) {
            return Optional.of(
                    end(
                            PaymentEnd.PAYMENT_STALLED,
                            "%d bytes were served and not paid for within %d s"
                                    .formatted(unpaid, STALLED_AFTER.toSeconds())));
        }
        boolean quiet = moment.now() - account.quiet().since() >= QUIET_FOR.toNanos();
        if (quiet && unpaid - account.theirs().unsolicited() > account.window().half()) {
            return Optional.of(
                    end(
                            PaymentEnd.METERS_DISAGREE,
                            "%d bytes were counted here and %d by the client"
                                    .formatted(
                                            moment.metered().billable(),
                                            account.theirs().billable())));
        }
        return Optional.empty();
    }

    private static Allow allow(Account account, Moment moment) {
        long watch = account.reported() + account.window().half();
        return new Allow(
                account.until(), watch > moment.metered().billable() ? watch : Long.MAX_VALUE);
    }

    // ---- ending ----

    private static Transition stop(
            Account account, PaymentEnd reason, String detail, List<Effect> before, Moment moment) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Allow(0, Long.MAX_VALUE));
        effects.addAll(before);
        effects.add(new Send(new Stop(reason, detail)));
        return new Transition(new Stopping(account, reason, detail, moment.now()), effects);
    }

    private static Transition next(Stopping state, Event event, Moment moment) {
        return switch (event) {
            case Received(Pay(SignedVoucher voucher, Metered theirs)) ->
                    refusal(state.account(), voucher, moment).isPresent()
                            ? stay(state)
                            : new Transition(state, List.of(new Keep(voucher, theirs)));
            case Kept(SignedVoucher voucher) -> {
                Builder but = state.account().but();
                but.held = Paid.of(voucher.voucher());
                but.last = Optional.of(voucher);
                yield stay(
                        new Stopping(but.build(), state.reason(), state.detail(), state.since()));
            }
            case Received(Stop _), Lost _, NotKept _ -> quit(state.reason(), state.detail());
            case Look() when moment.now() - state.since() >= LAST_PAY_WITHIN.toNanos() ->
                    quit(state.reason(), state.detail());
            case Look(),
                    Received(PaymentMessage _),
                    Found _,
                    NotFound _,
                    Seen _,
                    NotSeen _,
                    StopAsked _ ->
                    stay(state);
        };
    }

    private static Transition unexpected(PaymentMessage message) {
        return end(PaymentEnd.PROTOCOL, "unexpected " + message.getClass().getSimpleName());
    }

    private static Transition refuse(PaymentEnd reason, String detail) {
        return new Transition(
                new Ended(reason, detail),
                List.of(new Send(new Refused(reason, detail)), new End(reason, detail)));
    }

    /** Ends and says so. */
    private static Transition end(PaymentEnd reason, String detail) {
        return new Transition(
                new Ended(reason, detail),
                List.of(new Send(new Stop(reason, detail)), new End(reason, detail)));
    }

    /** Ends without a word: the other side has said it, or is gone. */
    private static Transition quit(PaymentEnd reason, String detail) {
        return new Transition(new Ended(reason, detail), List.of(new End(reason, detail)));
    }

    private static Transition stay(State state) {
        return new Transition(state, List.of());
    }
}
