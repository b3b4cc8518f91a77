package org.flowshield.node.payment;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
import org.flowshield.node.payment.wire.PaymentMessage.CloseRequest;
import org.flowshield.node.payment.wire.PaymentMessage.Credit;
import org.flowshield.node.payment.wire.PaymentMessage.CreditBlocked;
import org.flowshield.node.payment.wire.PaymentMessage.Ready;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.flowshield.node.payment.wire.PaymentMessage.Stop;
import org.flowshield.node.payment.wire.PaymentMessage.Terms;
import org.flowshield.node.payment.wire.PaymentMessage.ToppedUp;
import org.flowshield.node.tunnel.credit.PaidMeter;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;

/**
 * The client's side of a paid session, as a pure state machine.
 *
 * <pre>
 *              Ready            stopped, limit or deposit reached,
 *  Beginning ---------> Paying  peer cheats, stalls or stops         Ended
 *      |                  | \___________________________________________^
 *      |                  |                                             |
 *      |                  | asked to close the channel                  |
 *      |                  +------------------------------> Closing -----+
 *      |  refused, silent, not to be believed               Close, Stop, silence
 *      +----------------------------------------------------------------^
 * </pre>
 *
 * <p>It pays for what it has counted itself, at the price that it agreed to, and for nothing else,
 * whatever the provider says. It signs when so much of the window is unpaid that the rest lasts
 * until the voucher is acknowledged ({@link Exchange}), when either side waits, and when something
 * has been unpaid for {@link #PAY_WITHIN}. It holds its own traffic before that costs more than
 * deposit and limits allow, and while a window of it is under way that the provider has not said to
 * have: so no more than that can be lost.
 *
 * <p>Each event comes with the {@link Moment} of it. Every {@link Sign} is answered at once by
 * {@link Signed} or {@link NotSigned}, before any other event.
 */
public final class PayerSession {

    /** Small change is paid so soon: a last packet must not leave the provider waiting. */
    public static final Duration PAY_WITHIN = Duration.ofMillis(500);

    /**
     * A provider that asks the chain, and asks again because its node lags behind, is that slow.
     */
    static final Duration READY_WITHIN = Duration.ofSeconds(30);

    /**
     * Who does not take note of a payment for so long, or waits for one that is not owed, is
     * broken.
     */
    static final Duration STALLED_AFTER = Duration.ofSeconds(20);

    /** Longer than a top-up takes to be confirmed. */
    static final Duration TOP_UP_WITHIN = Duration.ofMinutes(3);

    /** A provider signs at once. */
    static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    /** The channel is refilled when less than this part of a refill is left. */
    private static final int REFILL_AT_PART = 2;

    /** Where the session stands. */
    public sealed interface State {}

    /**
     * Begin is on its way.
     *
     * @param paid through this channel before, as far as we know
     * @param deposit of the channel, as the chain shows it
     */
    public record Beginning(
            PayerTerms terms, Paid paid, TokenAmount deposit, Allowance allowance, long since)
            implements State {}

    /** Traffic is paid for. */
    public record Paying(Account account) implements State {}

    /** The provider was asked to agree on the last amount. */
    public record Closing(Account account, long since) implements State {}

    /** It is over. */
    public record Ended(PaymentEnd reason, String detail, Optional<Close> close) implements State {}

    /**
     * How the session stands in numbers.
     *
     * @param base what the channel had paid when the session began
     * @param signed what it has paid by our last voucher
     * @param acknowledged what the provider says it has
     * @param carriedUp bytes that it says to have got from us
     * @param window how far it trusts us, by our own reckoning
     * @param exchange how much passes while a voucher is on its way
     * @param deposit of the channel, as the chain shows it
     * @param countedOn the part of it that the provider counts on
     * @param allowance as it was when {@code signed} was signed
     * @param unpaidSince when something was first seen to be unpaid
     * @param asked whether the provider waits to be paid
     * @param askedInVain since when it waits although nothing is owed
     * @param unheardSince when a voucher was sent that is not acknowledged
     * @param refilling since when the channel is being topped up
     * @param refusedRefill why it can't be
     */
    public record Account(
            PayerTerms terms,
            Paid base,
            Paid signed,
            TokenAmount acknowledged,
            long carriedUp,
            CreditWindow window,
            Exchange exchange,
            TokenAmount deposit,
            TokenAmount countedOn,
            Allowance allowance,
            OptionalLong unpaidSince,
            boolean asked,
            OptionalLong askedInVain,
            OptionalLong unheardSince,
            OptionalLong refilling,
            Optional<String> refusedRefill) {

        long paidBytes() {
            return signed.bytes() - base.bytes();
        }

        /** What the vouchers of this channel may add up to at the most. */
        TokenAmount most() {
            return deposit.min(countedOn).min(signed.cumulative().plus(allowance.left()));
        }

        /** How much is unpaid when a voucher is signed. */
        long due() {
            return exchange.due(window);
        }

        /** Bytes of this session that can be paid for. */
        long payable() {
            TokenAmount most = most();
            return most.isMoreThan(base.cumulative())
                    ? terms.offer().price().bytesFor(most.minus(base.cumulative()))
                    : 0;
        }

        /** Bytes of this session after which it is held for want of money. */
        long affordable() {
            return Math.max(0, payable() - PaidMeter.MAX_OVERSHOOT);
        }

        TokenAmount owed(long counted) {
            return base.cumulative().plus(terms.offer().price().cost(counted));
        }

        private Builder but() {
            return new Builder(this);
        }
    }

    /** Changes some numbers of an account. */
    private static final class Builder {
        private final Account from;
        private Paid signed;
        private TokenAmount acknowledged;
        private long carriedUp;
        private CreditWindow window;
        private Exchange exchange;
        private TokenAmount deposit;
        private TokenAmount countedOn;
        private Allowance allowance;
        private OptionalLong unpaidSince;
        private boolean asked;
        private OptionalLong askedInVain;
        private OptionalLong unheardSince;
        private OptionalLong refilling;
        private Optional<String> refusedRefill;

        Builder(Account from) {
            this.from = from;
            signed = from.signed;
            acknowledged = from.acknowledged;
            carriedUp = from.carriedUp;
            window = from.window;
            exchange = from.exchange;
            deposit = from.deposit;
            countedOn = from.countedOn;
            allowance = from.allowance;
            unpaidSince = from.unpaidSince;
            asked = from.asked;
            askedInVain = from.askedInVain;
            unheardSince = from.unheardSince;
            refilling = from.refilling;
            refusedRefill = from.refusedRefill;
        }

        Account build() {
            return new Account(
                    from.terms,
                    from.base,
                    signed,
                    acknowledged,
                    carriedUp,
                    window,
                    exchange,
                    deposit,
                    countedOn,
                    allowance,
                    unpaidSince,
                    asked,
                    askedInVain,
                    unheardSince,
                    refilling,
                    refusedRefill);
        }
    }

    /** What happens to a session. */
    public sealed interface Event {}

    /** The provider said something. */
    public record Received(PaymentMessage message) implements Event {}

    /** The voucher is signed, safe in the ledger, and on its way. */
    public record Signed(Voucher voucher, Allowance left) implements Event {}

    /** It is not. */
    public record NotSigned(PaymentEnd reason, String detail) implements Event {}

    /** The chain shows this deposit. */
    public record Refilled(TokenAmount deposit) implements Event {}

    /** The channel could not be topped up. */
    public record NotRefilled(String detail) implements Event {}

    /** Somebody asked for the end of the session. */
    public record StopAsked(PaymentEnd reason, String detail) implements Event {}

    /** Somebody asked for the end of the session and of its channel. */
    public record CloseAsked() implements Event {}

    /** The stream broke. */
    public record Lost(String detail) implements Event {}

    /**
     * Time goes by, or the meter has reached what was watched for; comes at least twice in {@link
     * #PAY_WITHIN}.
     */
    public record Look() implements Event {}

    /** What is to be done. */
    public sealed interface Effect {}

    /** Send this on the payment stream. */
    public record Send(PaymentMessage message) implements Effect {}

    /** Keep this voucher of the provider's, which we must have signed and lost: it is ours. */
    public record Adopt(SignedVoucher voucher) implements Effect {}

    /** Sign this voucher, keep it, send Pay with what was counted, and answer. */
    public record Sign(Voucher voucher, Metered counted) implements Effect {}

    /** Hold the traffic at so many bytes of the session, and look again at so many. */
    public record Allow(long until, long watch) implements Effect {}

    /** Add so much to the channel, and answer in time. */
    public record Refill(TokenAmount amount) implements Effect {}

    /** The tunnel ends. */
    public record End(PaymentEnd reason, String detail) implements Effect {}

    /** The state after an event and what is to be done, in order. */
    public record Transition(State state, List<Effect> effects) {
        public Transition {
            effects = List.copyOf(effects);
        }
    }

    private PayerSession() {}

    /**
     * The payment stream is open.
     *
     * @param paid what this channel has paid: the last voucher signed, or what was claimed if that
     *     is more
     */
    public static Transition start(
            Begin begin,
            PayerTerms terms,
            Paid paid,
            TokenAmount deposit,
            Allowance allowance,
            long now) {
        return new Transition(
                new Beginning(terms, paid, deposit, allowance, now), List.of(new Send(begin)));
    }

    public static Transition next(State state, Event event, Moment moment) {
        return switch (state) {
            case Beginning beginning -> next(beginning, event, moment);
            case Paying paying -> next(paying, event, moment);
            case Closing closing -> next(closing, event, moment);
            case Ended ended -> stay(ended);
        };
    }

    // ---- beginning ----

    private static Transition next(Beginning state, Event event, Moment moment) {
        return switch (event) {
            case Received(Ready ready) -> ready(state, ready, moment);
            case Received(Refused(PaymentEnd reason, String detail)) -> quit(reason, detail);
            case Received(Stop(PaymentEnd reason, String detail)) -> quit(reason, detail);
            case Received(PaymentMessage other) -> unexpected(other);
            case StopAsked(PaymentEnd reason, String detail) -> end(reason, detail);
            case CloseAsked() -> end(PaymentEnd.STOPPED, "stopped before payment began");
            case Lost(String detail) -> quit(PaymentEnd.PEER_SILENT, detail);
            case Look() when moment.now() - state.since() >= READY_WITHIN.toNanos() ->
                    end(
                            PaymentEnd.PEER_SILENT,
                            "the provider did not say whether it takes the channel");
            case Look(), Signed _, NotSigned _, Refilled _, NotRefilled _ -> stay(state);
        };
    }

    private static Transition ready(Beginning state, Ready ready, Moment moment) {
        List<Effect> effects = new ArrayList<>();
        Paid base = state.paid();
        if (ready.paid().isAfter(base)) {
            Optional<SignedVoucher> proof =
                    ready.last().filter(last -> proves(state.terms(), last, ready.paid()));
            if (proof.isEmpty()) {
                return end(
                        PaymentEnd.BAD_VOUCHER,
                        "the provider claims to have been paid %s, of which there is no proof"
                                .formatted(ready.paid().cumulative()));
            }
            effects.add(new Adopt(proof.orElseThrow()));
            base = ready.paid();
        }
        Terms said = ready.terms();
        Account account =
                new Account(
                        state.terms(),
                        base,
                        base,
                        base.cumulative(),
                        0,
                        state.terms()
                                .offer()
                                .window(
                                        base.cumulative().min(said.deposit().usable()),
                                        said.deposit().confirmed()),
                        Exchange.FIRST,
                        state.deposit(),
                        said.deposit().usable(),
                        state.allowance(),
                        OptionalLong.empty(),
                        false,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty());
        return settle(account, effects, moment);
    }

    private static boolean proves(PayerTerms terms, SignedVoucher last, Paid claimed) {
        return last.voucher().equals(claimed.voucher(terms.channelId()))
                && last.isBy(terms.channel().signer(), terms.offer().channels());
    }

    // ---- paying ----

    private static Transition next(Paying state, Event event, Moment moment) {
        Account account = state.account();
        return switch (event) {
            case Received(Credit credit) -> credit(account, credit, moment);
            case Received(CreditBlocked(Metered counted)) ->
                    overReport(account, counted, moment)
                            .orElseGet(() -> asked(account, counted, moment));
            case Received(Stop(PaymentEnd reason, String detail)) ->
                    payAndEnd(account, reason, detail, moment, false);
            case Received(PaymentMessage other) -> unexpected(other);
            case Signed(Voucher voucher, Allowance left) -> signed(account, voucher, left, moment);
            case NotSigned(PaymentEnd reason, String detail) -> end(reason, detail);
            case Refilled(TokenAmount deposit) -> refilled(account, deposit, moment);
            case NotRefilled(String detail) -> {
                Builder but = account.but();
                but.refilling = OptionalLong.empty();
                but.refusedRefill = Optional.of(detail);
                yield settle(but.build(), List.of(), moment);
            }
            case StopAsked(PaymentEnd reason, String detail) ->
                    payAndEnd(account, reason, detail, moment, true);
            case CloseAsked() -> close(account, moment);
            case Lost(String detail) -> quit(PaymentEnd.PEER_SILENT, detail);
            case Look() -> settle(account, List.of(), moment);
        };
    }

    private static Transition credit(Account account, Credit credit, Moment moment) {
        if (credit.paid().isMoreThan(account.signed().cumulative())) {
            return violation("the provider acknowledges what was never signed");
        }
        TokenAmount known = account.acknowledged().max(credit.paid());
        Builder but = account.but();
        but.acknowledged = known;
        but.exchange = account.exchange().heard(known, moment.metered().billable());
        but.carriedUp = Math.max(account.carriedUp(), credit.counted().received());
        but.countedOn = credit.terms().deposit().usable();
        long more =
                known.isMoreThan(account.acknowledged())
                        ? account.terms()
                                .offer()
                                .price()
                                .bytesFor(known.minus(account.acknowledged()))
                        : 0;
        CreditWindow window = account.window();
        if (more > 0) {
            window = window.after(more);
        }
        but.window = window.confirmed(credit.terms().deposit().confirmed());
        if (known.equals(account.signed().cumulative())) {
            but.unheardSince = OptionalLong.empty();
        }
        Account credited = but.build();
        return overReport(credited, credit.counted(), moment)
                .orElseGet(() -> settle(credited, List.of(), moment.letGo()));
    }

    /**
     * A provider never serves more than a window ahead of what it was paid, and nobody pays ahead.
     */
    private static Optional<Transition> overReport(Account account, Metered theirs, Moment moment) {
        Metered ours = moment.metered();
        long most =
                ours.billable()
                        + ours.unsolicited()
                        + account.window().bytes()
                        + PaidMeter.MAX_OVERSHOOT;
        return theirs.billable() <= most
                ? Optional.empty()
                : Optional.of(
                        end(
                                PaymentEnd.METERS_DISAGREE,
                                "the provider claims %d bytes, %d were counted here"
                                        .formatted(theirs.billable(), ours.billable())));
    }

    private static Transition asked(Account account, Metered counted, Moment moment) {
        Builder but = account.but();
        but.asked = true;
        but.carriedUp = Math.max(account.carriedUp(), counted.received());
        return settle(but.build(), List.of(), moment);
    }

    private static Transition signed(
            Account account, Voucher voucher, Allowance left, Moment moment) {
        Builder but = account.but();
        but.signed = Paid.of(voucher);
        but.allowance = left;
        but.unpaidSince = OptionalLong.empty();
        but.asked = false;
        but.askedInVain = OptionalLong.empty();
        if (account.unheardSince().isEmpty()) {
            but.unheardSince = OptionalLong.of(moment.now());
        }
        return settle(but.build(), List.of(), moment);
    }

    private static Transition refilled(Account account, TokenAmount deposit, Moment moment) {
        Builder but = account.but();
        but.deposit = account.deposit().max(deposit);
        return settle(but.build(), List.of(new Send(new ToppedUp())), moment);
    }

    // ---- what follows from the numbers ----

    private static Transition settle(Account before, List<Effect> done, Moment moment) {
        Account account = timed(before, moment);
        Optional<Transition> wrong = wrong(account, moment);
        if (wrong.isPresent()) {
            return wrong.orElseThrow();
        }
        List<Effect> effects = new ArrayList<>(done);
        Optional<Voucher> due = due(account, moment);
        if (due.isPresent()) {
            // What follows is decided when it is signed.
            effects.add(new Sign(due.orElseThrow(), moment.metered()));
            return new Transition(new Paying(begun(account, due.orElseThrow(), moment)), effects);
        }
        Optional<Account> refilling = refill(account, moment, effects);
        Account last = refilling.orElse(account);
        if (moment.metered().billable() >= last.affordable() && last.refilling().isEmpty()) {
            return outOfMoney(last);
        }
        effects.add(allow(last, moment));
        return new Transition(new Paying(last), effects);
    }

    /** Looks at the clock. */
    private static Account timed(Account account, Moment moment) {
        boolean owes = moment.metered().billable() > account.paidBytes();
        Builder but = account.but();
        if (!owes) {
            but.unpaidSince = OptionalLong.empty();
        } else if (account.unpaidSince().isEmpty()) {
            but.unpaidSince = OptionalLong.of(moment.now());
        }
        boolean vain =
                account.asked()
                        && !owes
                        && account.unheardSince().isEmpty()
                        && account.refilling().isEmpty();
        if (!vain) {
            but.askedInVain = OptionalLong.empty();
        } else if (account.askedInVain().isEmpty()) {
            but.askedInVain = OptionalLong.of(moment.now());
        }
        if (account.refilling().isPresent() && !isLow(account, moment)) {
            but.refilling = OptionalLong.empty();
        }
        return but.build();
    }

    private static Optional<Transition> wrong(Account account, Moment moment) {
        Metered metered = moment.metered();
        if (metered.unsolicited() > account.window().half()) {
            return Optional.of(
                    end(
                            PaymentEnd.UNSOLICITED,
                            "the provider sent %d bytes that nobody here had asked for"
                                    .formatted(metered.unsolicited())));
        }
        if (since(account.unheardSince(), moment) >= STALLED_AFTER.toNanos()) {
            return Optional.of(
                    end(
                            PaymentEnd.CREDIT_STALLED,
                            "the provider has not taken note of a payment for %d s"
                                    .formatted(STALLED_AFTER.toSeconds())));
        }
        if (since(account.askedInVain(), moment) >= STALLED_AFTER.toNanos()) {
            return Optional.of(
                    end(
                            PaymentEnd.METERS_DISAGREE,
                            "the provider waits for money although all %d bytes are paid"
                                    .formatted(metered.billable())));
        }
        if (since(account.refilling(), moment) >= TOP_UP_WITHIN.toNanos()
                && metered.billable() >= account.affordable()) {
            return Optional.of(outOfMoney(account));
        }
        return Optional.empty();
    }

    private static long since(OptionalLong time, Moment moment) {
        return time.isEmpty() ? 0 : moment.now() - time.getAsLong();
    }

    /** What is to be signed now. */
    private static Optional<Voucher> due(Account account, Moment moment) {
        long counted = moment.metered().billable();
        long unpaid = counted - account.paidBytes();
        boolean now =
                unpaid >= account.due()
                        || account.asked()
                        || moment.held()
                        || counted >= account.affordable()
                        || since(account.unpaidSince(), moment) >= PAY_WITHIN.toNanos();
        return unpaid > 0 && now ? voucher(account, counted) : Optional.empty();
    }

    /** Only traffic at full speed shows what passes, and only a full window lets all of it pass. */
    private static Account begun(Account account, Voucher voucher, Moment moment) {
        long counted = moment.metered().billable();
        boolean shows =
                !account.window().grows()
                        && counted - account.paidBytes() >= account.window().due();
        if (!shows) {
            return account;
        }
        Builder but = account.but();
        but.exchange = account.exchange().begin(counted, voucher.cumulative());
        return but.build();
    }

    /** For all that was counted, or as much of it as there is money for. */
    private static Optional<Voucher> voucher(Account account, long counted) {
        TokenAmount cumulative = account.owed(counted).min(account.most());
        if (!cumulative.isMoreThan(account.signed().cumulative())) {
            return Optional.empty();
        }
        long bytes =
                Math.min(
                        counted,
                        account.terms()
                                .offer()
                                .price()
                                .bytesFor(cumulative.minus(account.base().cumulative())));
        return Optional.of(
                new Paid(cumulative, account.base().bytes() + bytes)
                        .voucher(account.terms().channelId()));
    }

    private static boolean isLow(Account account, Moment moment) {
        return isLow(account, account.deposit().min(account.countedOn()), moment);
    }

    private static boolean isLow(Account account, TokenAmount known, Moment moment) {
        TokenAmount owed = account.owed(moment.metered().billable());
        TokenAmount low =
                new TokenAmount(
                        account.terms()
                                .refill()
                                .units()
                                .divide(BigInteger.valueOf(REFILL_AT_PART)));
        return !known.isMoreThan(owed.plus(low));
    }

    private static Optional<Account> refill(Account account, Moment moment, List<Effect> effects) {
        if (account.refilling().isPresent() || !isLow(account, moment)) {
            return Optional.empty();
        }
        if (isLow(account, account.deposit(), moment)) {
            TokenAmount refill = account.terms().refill();
            TokenAmount spendable = account.signed().cumulative().plus(account.allowance().left());
            boolean wanted =
                    !refill.isZero()
                            && account.refusedRefill().isEmpty()
                            // else the limits end the session before the deposit does
                            && spendable.isMoreThan(account.deposit());
            if (!wanted) {
                return Optional.empty();
            }
            effects.add(new Refill(refill));
        } else {
            effects.add(new Send(new ToppedUp())); // the provider only has to see it
        }
        Builder but = account.but();
        but.refilling = OptionalLong.of(moment.now());
        return Optional.of(but.build());
    }

    private static Transition outOfMoney(Account account) {
        TokenAmount allowed = account.signed().cumulative().plus(account.allowance().left());
        boolean cap = allowed.compareTo(account.deposit().min(account.countedOn())) <= 0;
        return cap
                ? end(PaymentEnd.SPENDING_CAP, account.allowance().limit() + " is reached")
                : end(
                        PaymentEnd.DEPOSIT_USED_UP,
                        account.refusedRefill()
                                .map("the channel is used up and was not topped up: "::concat)
                                .orElse(
                                        "the channel's deposit of %s is used up"
                                                .formatted(account.deposit())));
    }

    private static Allow allow(Account account, Moment moment) {
        long ahead = account.window().bytes() - PaidMeter.MAX_OVERSHOOT;
        // What came in was served; what went out, as far as the provider has said so.
        long served =
                moment.metered().received()
                        + Math.min(account.carriedUp(), moment.metered().sent());
        long until = Math.min(served + ahead, account.affordable());
        long watch = account.paidBytes() + (account.asked() ? 1 : account.due());
        return new Allow(until, watch > moment.metered().billable() ? watch : Long.MAX_VALUE);
    }

    // ---- ending ----

    /** Pays what is owed first: who serves honestly to the end is paid to the end. */
    private static Transition payAndEnd(
            Account account, PaymentEnd reason, String detail, Moment moment, boolean tell) {
        List<Effect> effects = new ArrayList<>();
        voucher(account, moment.metered().billable())
                .ifPresent(last -> effects.add(new Sign(last, moment.metered())));
        if (tell) {
            effects.add(new Send(new Stop(reason, detail)));
        }
        effects.add(new End(reason, detail));
        return new Transition(new Ended(reason, detail, Optional.empty()), effects);
    }

    private static Transition close(Account account, Moment moment) {
        List<Effect> effects = new ArrayList<>();
        Optional<Voucher> last = voucher(account, moment.metered().billable());
        last.ifPresent(voucher -> effects.add(new Sign(voucher, moment.metered())));
        TokenAmount amount = last.map(Voucher::cumulative).orElse(account.signed().cumulative());
        effects.add(new Allow(0, Long.MAX_VALUE));
        effects.add(new Send(new CloseRequest(amount)));
        return new Transition(new Closing(account, moment.now()), effects);
    }

    private static Transition next(Closing state, Event event, Moment moment) {
        return switch (event) {
            case Signed(Voucher voucher, Allowance left) -> {
                Builder but = state.account().but();
                but.signed = Paid.of(voucher);
                but.allowance = left;
                yield stay(new Closing(but.build(), state.since()));
            }
            case Received(Close close) when agrees(state.account(), close) ->
                    new Transition(
                            new Ended(
                                    PaymentEnd.STOPPED,
                                    "the channel is closed",
                                    Optional.of(close)),
                            List.of(
                                    new Send(new Stop(PaymentEnd.STOPPED, "the channel is closed")),
                                    new End(PaymentEnd.STOPPED, "the channel is closed")));
            case Received(Close _) -> violation("the provider agreed to something else");
            case Received(Stop(PaymentEnd reason, String detail)) -> quit(reason, detail);
            case Received(Credit _), Received(CreditBlocked _) -> stay(state);
            case Received(PaymentMessage other) -> unexpected(other);
            case NotSigned(PaymentEnd reason, String detail) -> end(reason, detail);
            case StopAsked(PaymentEnd reason, String detail) -> end(reason, detail);
            case Lost(String detail) -> quit(PaymentEnd.PEER_SILENT, detail);
            case Look() when moment.now() - state.since() >= CLOSE_WITHIN.toNanos() ->
                    end(PaymentEnd.PEER_SILENT, "the provider did not agree to close the channel");
            case Look(), CloseAsked(), Refilled _, NotRefilled _ -> stay(state);
        };
    }

    private static boolean agrees(Account account, Close close) {
        return close.finalAmount().equals(account.signed().cumulative());
    }

    /** The payee's signature, for who checks it. */
    public static Optional<Signature> closing(State state) {
        return state instanceof Ended ended ? ended.close().map(Close::byPayee) : Optional.empty();
    }

    private static Transition unexpected(PaymentMessage message) {
        return violation("unexpected " + message.getClass().getSimpleName());
    }

    private static Transition violation(String detail) {
        return end(PaymentEnd.PROTOCOL, detail);
    }

    /** Ends and says so. */
    private static Transition end(PaymentEnd reason, String detail) {
        return new Transition(
                new Ended(reason, detail, Optional.empty()),
                List.of(new Send(new Stop(reason, detail)), new End(reason, detail)));
    }

    /** Ends without a word: the other side has said it, or is gone. */
    private static Transition quit(PaymentEnd reason, String detail) {
        return new Transition(
                new Ended(reason, detail, Optional.empty()), List.of(new End(reason, detail)));
    }

    private static Transition stay(State state) {
        return new Transition(state, List.of());
    }
}
