package org.flowshield.node.payment.session;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.payment.Moment;
import org.flowshield.node.payment.PayeeSession;
import org.flowshield.node.payment.PayerSession;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.tunnel.credit.BillEndedException;

/** Says in people's words why a session's traffic waits, or why it is about to end. Pure. */
final class PaymentProblems {

    /** Answers take milliseconds; one that takes longer than this is worth telling of. */
    static final Duration WAITED = Duration.ofSeconds(2);

    private PaymentProblems() {}

    // ---- of a client ----

    /**
     * @param refused why the channel could not be topped up
     */
    static Optional<Problem> ofPayer(
            PayerSession.Account account, Moment moment, Optional<Problem> refused) {
        return cap(account)
                .or(() -> refused.map(why -> notToppedUp(account, why)))
                .or(() -> toppingUp(account, moment))
                .or(() -> usedUp(account))
                .or(() -> silent(account, moment))
                .or(() -> greedy(account, moment));
    }

    /** Why a channel was not topped up. */
    static Problem notRefilled(Exception e) {
        if (e instanceof ChainException chain
                && chain.getCause() instanceof RefusedException refusal) {
            return refusal.problem();
        }
        String message = String.valueOf(e.getMessage());
        return switch (e) {
            case ChainException chain when chain.reason() == ChainException.Reason.UNREACHABLE ->
                    new Problem(
                            "chain_unreachable",
                            message,
                            "check the network, or another RPC in the network file");
            case LedgerException ledger -> new Problem(ledger.code(), message, ledger.action());
            default ->
                    new Problem(
                            "channel_not_topped_up",
                            message,
                            "see purse and authorisation: flowshield status");
        };
    }

    private static Optional<Problem> cap(PayerSession.Account account) {
        TokenAmount window = window(account);
        TokenAmount left = account.allowance().left();
        if (left.isMoreThan(window)) {
            return Optional.empty();
        }
        return Optional.of(
                new Problem(
                        "spending_cap",
                        "%s is reached but for %s; the session ends then, and what it cost is paid"
                                .formatted(account.allowance().limit(), left),
                        "allow more: flowshield spending set"));
    }

    private static TokenAmount window(PayerSession.Account account) {
        return account.terms().offer().price().cost(account.window().bytes());
    }

    private static TokenAmount left(PayerSession.Account account) {
        TokenAmount known = account.deposit().min(account.countedOn());
        TokenAmount signed = account.signed().cumulative();
        return known.isMoreThan(signed) ? known.minus(signed) : TokenAmount.ZERO;
    }

    private static Problem notToppedUp(PayerSession.Account account, Problem why) {
        return new Problem(
                why.code(),
                "the payment channel can't be topped up: %s; the session goes on with the %s that are left in it"
                        .formatted(why.message(), left(account)),
                why.action());
    }

    private static Optional<Problem> toppingUp(PayerSession.Account account, Moment moment) {
        return account.refilling().isPresent() && moment.held()
                ? Optional.of(
                        new Problem(
                                "waiting_for_top_up",
                                "the payment channel is used up, and traffic waits until the chain"
                                        + " has confirmed that it was topped up",
                                "wait some blocks; or connect to another provider"))
                : Optional.empty();
    }

    private static Optional<Problem> usedUp(PayerSession.Account account) {
        return account.refilling().isEmpty() && !left(account).isMoreThan(window(account))
                ? Optional.of(
                        new Problem(
                                "deposit_used_up",
                                "the payment channel is used up but for %s, and is not topped up; the session ends then"
                                        .formatted(left(account)),
                                "top it up: flowshield channel top-up"))
                : Optional.empty();
    }

    private static Optional<Problem> silent(PayerSession.Account account, Moment moment) {
        return waited(account.unheardSince(), moment)
                ? Optional.of(
                        new Problem(
                                "provider_silent",
                                "the provider has not taken note of a payment for %d s, and may hold the traffic; no more than %d bytes can be lost"
                                        .formatted(
                                                seconds(account.unheardSince(), moment),
                                                account.window().bytes()),
                                "wait, or connect to another provider"))
                : Optional.empty();
    }

    private static Optional<Problem> greedy(PayerSession.Account account, Moment moment) {
        return waited(account.askedInVain(), moment)
                ? Optional.of(
                        new Problem(
                                "provider_blocked",
                                "the provider holds the traffic and waits for money, although all"
                                        + " that was counted here is paid",
                                "wait, or connect to another provider"))
                : Optional.empty();
    }

    private static boolean waited(OptionalLong since, Moment moment) {
        return since.isPresent() && moment.now() - since.getAsLong() >= WAITED.toNanos();
    }

    private static long seconds(OptionalLong since, Moment moment) {
        return Duration.ofNanos(moment.now() - since.orElse(moment.now())).toSeconds();
    }

    // ---- of a provider ----

    /**
     * @param chain why the chain did not say how the channel stands
     */
    static Optional<Problem> ofPayee(
            PayeeSession.Account account, Moment moment, Optional<String> chain) {
        return blocked(account, moment)
                .or(() -> runningOut(account))
                .or(() -> chain.map(PaymentProblems::unseen));
    }

    private static Optional<Problem> blocked(PayeeSession.Account account, Moment moment) {
        return waited(account.blockedSince(), moment)
                ? Optional.of(
                        new Problem(
                                "payment_stalled",
                                "the client has not paid for %d s, and its traffic waits; no more than %d bytes are unpaid"
                                        .formatted(
                                                seconds(account.blockedSince(), moment),
                                                account.window().bytes()),
                                "nothing is to be done: the session ends by itself, and what was"
                                        + " paid is safe"))
                : Optional.empty();
    }

    private static Optional<Problem> runningOut(PayeeSession.Account account) {
        TokenAmount window = account.terms().offer().price().cost(account.window().bytes());
        boolean enough =
                account.deposit().usable().isMoreThan(account.held().cumulative().plus(window));
        return enough
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                "deposit_used_up",
                                "the client's payment channel is nearly used up; no more is served"
                                        + " than it holds",
                                "nothing is to be done: the client tops it up, or the session"
                                        + " ends"));
    }

    private static Problem unseen(String why) {
        return new Problem(
                "chain_unreachable",
                "the chain does not say how the client's channel stands: %s; the session goes on with what was known"
                        .formatted(why),
                "check the network, or another RPC in the network file");
    }

    // ---- of both ----

    /** Of a session that is over; empty if somebody just asked for that. */
    static Optional<Problem> ended(PaymentEnd reason, String detail) {
        BillEndedException end = PaymentEnds.of(reason, detail);
        return end.inOrder()
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                reason.name().toLowerCase(Locale.ROOT),
                                "the session is over: " + end.getMessage(),
                                action(reason)));
    }

    private static String action(PaymentEnd reason) {
        return switch (reason) {
            case SPENDING_CAP -> "allow more: flowshield spending set";
            case DEPOSIT_USED_UP, DEPOSIT_TOO_LOW ->
                    "see purse, authorisation and channel: flowshield status";
            case CHAIN_UNREACHABLE -> "check the network, or another RPC in the network file";
            case LEDGER_FAILED -> "see to the disk; what it says: flowshield ledger check";
            case NO_CHANNEL, CHANNEL_CLOSING, CHANNEL_BUSY, OFFER_CHANGED, BAD_TOKEN ->
                    "connect anew";
            case UNSPECIFIED,
                    STOPPED,
                    PAYMENT_STALLED,
                    CREDIT_STALLED,
                    METERS_DISAGREE,
                    UNSOLICITED,
                    UNDERPAID,
                    BAD_VOUCHER,
                    PROTOCOL,
                    PEER_SILENT,
                    NOT_SIGNER,
                    ARREARS,
                    SHUTTING_DOWN ->
                    "connect anew, or to another provider";
        };
    }
}
