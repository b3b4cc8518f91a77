package org.flowshield.app.connect;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.payment.Authorisation;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.Spending;

/** Why a price that a person would pay can't be paid; all but the last are mended in the wallet. */
enum Obstacle {
    NO_WALLET,
    NOT_AUTHORISED,
    AUTHORISATION_EXPIRED,
    AUTHORISATION_USED_UP,
    PURSE_EMPTY,
    CAP_REACHED,
    CHAIN_UNREACHABLE;

    /** What a node says that the chain would have to tell it about a provider. */
    private static final Set<String> UNVOUCHED = Set.of("not_vouched", "identity_unchecked");

    /** Begins the keys of its texts. */
    String key() {
        return "obstacle." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether the wallet's screen has the remedy. */
    boolean isForWallet() {
        return this != CHAIN_UNREACHABLE;
    }

    /** What a refusal comes from where the node's status knows better than its words. */
    static Optional<Obstacle> behind(Problem refusal, PaymentStatus payment) {
        NetworkStatus network = payment.network();
        boolean silent = network != null && network.rpc() == NetworkStatus.Rpc.UNREACHABLE;
        return silent && UNVOUCHED.contains(refusal.code())
                ? Optional.of(CHAIN_UNREACHABLE)
                : Optional.empty();
    }

    /** What stands in the way of paying that quote, the first thing; a free one needs nothing. */
    static Optional<Obstacle> of(PaymentStatus payment, Quote quote, Instant now) {
        if (quote.free()) {
            return Optional.empty();
        }
        Spending spending = payment.spending();
        if (spending != null && spending.left().isZero()) {
            return Optional.of(CAP_REACHED);
        }
        if (quote.deposit().isZero()) {
            return Optional.empty(); // there is a channel already: nothing more is locked
        }
        if (payment.wallet() == null) {
            return Optional.of(NO_WALLET);
        }
        NetworkStatus network = payment.network();
        if (network != null && network.rpc() == NetworkStatus.Rpc.UNREACHABLE) {
            return Optional.of(CHAIN_UNREACHABLE);
        }
        return locking(payment, quote.deposit(), now);
    }

    private static Optional<Obstacle> locking(
            PaymentStatus payment, TokenAmount deposit, Instant now) {
        TokenAmount purse = payment.purse();
        if (purse == null) {
            return Optional.empty(); // the chain has not said yet: the daemon asks it again
        }
        Authorisation authorisation = payment.authorisation();
        if (authorisation == null) {
            return Optional.of(NOT_AUTHORISED);
        }
        if (!now.isBefore(authorisation.expiry())) {
            return Optional.of(AUTHORISATION_EXPIRED);
        }
        if (deposit.isMoreThan(authorisation.left())) {
            return Optional.of(AUTHORISATION_USED_UP);
        }
        return deposit.isMoreThan(purse) ? Optional.of(PURSE_EMPTY) : Optional.empty();
    }
}
