package org.flowshield.node.treasury;

import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;

/**
 * Of a node that can neither pay nor be paid: it says why, and still asks providers for their
 * price. Immutable.
 */
public final class NoTreasury implements Payments {

    /** What a node says that has no network file. */
    public static final Problem NOT_CONFIGURED =
            new Problem(
                    "payment_not_configured",
                    "payment is not configured: this node has no network file, so it can neither"
                            + " pay nor be paid",
                    "set chain.network to a network file and restart the daemon; providers that"
                            + " serve for nothing can be used without");

    private final Problem why;
    private final PaymentStatus status;
    private final Offers offers;

    /**
     * Of a node that can't pay for this reason.
     *
     * @param shown whether the reason is a problem to be shown, or simply how the node is set up
     */
    public NoTreasury(Problem why, boolean shown, Offers offers) {
        this.why = why;
        this.status = PaymentStatus.none(shown ? why : null);
        this.offers = offers;
    }

    private RefusedException refused() {
        return new RefusedException(Kind.REFUSED, why);
    }

    @Override
    public PaymentStatus status() {
        return status;
    }

    @Override
    public Quote quote(String provider) throws RefusedException, InterruptedException {
        return Quotes.withoutMoney(provider, offers.ask(provider));
    }

    @Override
    public List<ChannelStatus> channels() throws RefusedException {
        throw refused();
    }

    @Override
    public ChannelStatus open(ChannelOpening opening) throws RefusedException {
        throw refused();
    }

    @Override
    public ChannelStatus topUp(ChannelId channel, TokenAmount amount) throws RefusedException {
        throw refused();
    }

    @Override
    public ChannelClosing close(ChannelId channel) throws RefusedException {
        throw refused();
    }

    @Override
    public Earnings earnings(int days) throws RefusedException {
        throw refused();
    }

    @Override
    public List<Settlement> settle() throws RefusedException {
        throw refused();
    }

    @Override
    public Spending spending() throws RefusedException {
        throw refused();
    }

    @Override
    public Spending cap(SpendingCaps caps) throws RefusedException {
        throw refused();
    }

    @Override
    public PaymentStatus payFrom(EvmAddress wallet) throws RefusedException {
        throw refused();
    }
}
