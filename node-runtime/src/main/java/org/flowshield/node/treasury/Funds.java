package org.flowshield.node.treasury;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.channels.SignerAuthority;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.relay.RelayAnswer;

/** Whether there is money for what is to be done, and what to say if there is not. Pure. */
final class Funds {

    private Funds() {}

    /** Refuses what the contract would refuse, in words that help. */
    static void require(
            EvmAddress wallet,
            EvmAddress signer,
            TokenAmount amount,
            TokenAmount purse,
            SignerAuthority authority,
            TokenAmount usedWithPayee,
            Instant now)
            throws RefusedException {
        Optional<Problem> unauthorised = unauthorised(authority, signer, now);
        if (unauthorised.isPresent()) {
            throw new RefusedException(Kind.REFUSED, unauthorised.orElseThrow());
        }
        if (amount.isMoreThan(purse)) {
            throw refused(
                    "not_funded",
                    "the purse of %s holds %s, and %s are to be locked; nothing was locked"
                            .formatted(wallet, purse, amount),
                    "put money into the purse: flowshield purse deposit "
                            + amount.minus(purse).decimal());
        }
        if (amount.isMoreThan(authority.left())) {
            throw refused(
                    "authorisation_used_up",
                    "the wallet lets this node lock %s, of which %s are left, and %s are to be locked; nothing was locked"
                            .formatted(authority.caps().total(), authority.left(), amount),
                    "close channels that are no longer used, or allow more with the wallet: "
                            + authorise(signer));
        }
        TokenAmount most = authority.caps().perPayee();
        if (usedWithPayee.plus(amount).isMoreThan(most)) {
            throw refused(
                    "authorisation_used_up",
                    "the wallet lets this node lock %s for one provider, and %s are locked or paid already, so %s more are too much; nothing was locked"
                            .formatted(most, usedWithPayee, amount),
                    "choose another provider, or allow more with the wallet: " + authorise(signer));
        }
    }

    /** Why the signer may not lock anything at all. */
    static Optional<Problem> unauthorised(
            SignerAuthority authority, EvmAddress signer, Instant now) {
        if (authority.caps().total().isZero()) {
            return Optional.of(
                    new Problem(
                            "not_authorised",
                            "the wallet has not authorised this node to lock money in channels, so"
                                    + " only providers that serve for nothing can be used",
                            "authorise its signer with the wallet: " + authorise(signer)));
        }
        if (authority.caps().expiry().isBefore(now)) {
            return Optional.of(
                    new Problem(
                            "authorisation_expired",
                            "what the wallet let this node lock in channels has expired on "
                                    + authority.caps().expiry()
                                    + "; open channels can still be used",
                            "authorise its signer anew with the wallet: " + authorise(signer)));
        }
        return Optional.empty();
    }

    private static String authorise(EvmAddress signer) {
        return "flowshield purse authorise --signer "
                + signer
                + " --total AMOUNT --per-payee AMOUNT";
    }

    static Problem noGas(EvmAddress operator, String symbol, boolean earns) {
        return new Problem(
                "no_gas",
                "this node's operator key has no "
                        + symbol
                        + " for gas: it can't "
                        + (earns
                                ? "settle what it earned; the vouchers are safe"
                                : "open channels"),
                "send a little " + symbol + " to " + operator);
    }

    static Problem notNamed(EvmAddress payee, EvmAddress operator) {
        return new Problem(
                "operator_not_named",
                "the wallet "
                        + payee
                        + " has not named this node's operator key: what it earns can be settled,"
                        + " but it can neither close channels nor agree with clients to close"
                        + " them, so that their money stays locked for a day",
                "name it with the wallet: flowshield purse operator --operator " + operator);
    }

    /** Refuses an offer that nobody has agreed to, or that is of another network. */
    static void requirePrice(Offer offer, Optional<TokenAmount> maxPrice, ChannelDomain channels)
            throws RefusedException {
        String asks = "this provider asks for " + offer.price();
        if (!offer.channels().equals(channels)) {
            throw refused(
                    "wrong_network",
                    asks + " on another chain or contract than this node's; nothing was paid",
                    "choose a provider of this node's network");
        }
        if (maxPrice.isEmpty()) {
            throw refused(
                    "payment_required",
                    asks + ", and nobody has agreed to pay; not connected, nothing was paid",
                    "agree with max_price in the request (connect --max-price), or set"
                            + " client.max-price");
        }
        if (offer.price().perGiB().isMoreThan(maxPrice.orElseThrow())) {
            throw refused(
                    "price_too_high",
                    asks
                            + ", more than the "
                            + maxPrice.orElseThrow()
                            + " that are allowed; not connected, nothing was paid",
                    "choose another provider, or allow more: --max-price "
                            + offer.price().perGiB().decimal());
        }
    }

    static RefusedException notCarried(EvmAddress operator, RelayAnswer.Refused refused) {
        return refused(
                "no_gas",
                "this node has no gas, and the provider does not carry its order (%s: %s); nothing was locked"
                        .formatted(
                                refused.reason().name().toLowerCase(java.util.Locale.ROOT),
                                refused.detail()),
                "send a little of the gas coin to this node's operator key "
                        + operator
                        + ", or choose a provider that carries orders");
    }

    static RefusedException notCarriedYet(ChannelId id) {
        return new RefusedException(
                Kind.FAILED,
                new Problem(
                        "not_known_yet",
                        "the provider carries the order, and the chain does not show it yet for"
                                + " channel "
                                + id,
                        "look again in some minutes: flowshield channel list"));
    }

    static RefusedException noWallet() {
        return refused(
                "no_wallet",
                "this node has no wallet whose purse could pay; nothing was locked",
                "set client.wallet to the address of your wallet and restart the daemon");
    }

    static RefusedException needsNone() {
        return refused(
                "serves_for_nothing",
                "this provider serves for nothing: there is nobody to open a channel to",
                "connect to it; nothing will be paid");
    }

    static RefusedException noSuchChannel(ChannelId id) {
        return new RefusedException(
                Kind.INVALID,
                new Problem(
                        "no_such_channel",
                        "this node has no channel " + id,
                        "see: flowshield channel list"));
    }

    static RefusedException notToBeFilled(ChannelId id, ChannelRecord.Status status) {
        return refused(
                "channel_not_open",
                "channel %s can't be filled: it is %s, or this node is the one that is paid"
                        .formatted(id, word(status)),
                "open another: flowshield channel open");
    }

    static RefusedException notToBeClosed(ChannelId id, ChannelRecord.Status status) {
        return refused(
                "channel_not_open",
                "channel %s can't be closed: it is %s".formatted(id, word(status)),
                status == ChannelRecord.Status.OPENING
                        ? "wait until the chain has it, or tells that it won't"
                        : "nothing is left to be done");
    }

    private static String word(ChannelRecord.Status status) {
        return status.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static RefusedException refused(String code, String message, String action) {
        return new RefusedException(Kind.REFUSED, new Problem(code, message, action));
    }
}
