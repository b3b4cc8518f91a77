package org.flowshield.node.payment.session;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.Spending;
import org.flowshield.node.ledger.SpendingCaps;
import org.flowshield.node.payment.Allowance;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.channel.ChannelBook;
import org.flowshield.node.payment.channel.ChannelChain;
import org.flowshield.node.payment.channel.PayerSettings;
import org.flowshield.node.payment.channel.SessionSigner;

/** All that a client needs to pay for its sessions. Immutable, safe for use by any thread. */
public final class Payments {

    final PayerSettings settings;
    final SessionSigner signer;
    final ChannelChain chain;
    final Ledger ledger;
    final ChannelBook channels;
    final InstantSource clock;
    final LongSupplier nanoTime;
    final Vetting vetting;

    /**
     * Signer, chain and ledger stay the caller's to close.
     *
     * @param clock whether an offer still holds
     * @param nanoTime monotonic
     * @param vetting asked in each session before anything is paid
     */
    public Payments(
            PayerSettings settings,
            SessionSigner signer,
            ChannelChain chain,
            Ledger ledger,
            ChannelBook channels,
            InstantSource clock,
            LongSupplier nanoTime,
            Vetting vetting) {
        this.settings = settings;
        this.signer = signer;
        this.chain = chain;
        this.ledger = ledger;
        this.channels = channels;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.vetting = vetting;
    }

    /**
     * Pays for one session.
     *
     * @param most that is paid for a GiB; empty: nothing
     * @param before the session that it goes on with after a failover: they share the limit of one
     */
    public PayerBilling session(Optional<Price> most, Optional<SessionId> before) {
        return new PayerBilling(this, most, before);
    }

    /** What the user's limits still allow in a session. */
    Allowance allowance(SessionId session) throws LedgerException {
        SpendingCaps caps = ledger.caps();
        Spending spending = ledger.spending(session);
        Allowance nearest = new Allowance(Price.MOST, "no limit");
        for (SpendingCaps.Period period : SpendingCaps.Period.values()) {
            Optional<TokenAmount> cap = caps.of(period);
            if (cap.isPresent()) {
                TokenAmount spent = spending.of(period);
                TokenAmount left =
                        spent.isMoreThan(cap.orElseThrow())
                                ? TokenAmount.ZERO
                                : cap.orElseThrow().minus(spent);
                if (nearest.left().isMoreThan(left)) {
                    nearest = new Allowance(left, words(cap.orElseThrow(), period));
                }
            }
        }
        return nearest;
    }

    static String words(TokenAmount cap, SpendingCaps.Period period) {
        return switch (period) {
            case SESSION -> "the limit of " + cap + " a session";
            case DAY -> "the limit of " + cap + " a day";
            case MONTH -> "the limit of " + cap + " a month";
        };
    }
}
