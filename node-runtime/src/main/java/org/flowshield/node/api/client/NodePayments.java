package org.flowshield.node.api.client;

import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.json.ChannelsBody;
import org.flowshield.node.api.json.CloseBody;
import org.flowshield.node.api.json.QuoteBody;
import org.flowshield.node.api.json.SettlementsBody;
import org.flowshield.node.api.json.TopUpBody;
import org.flowshield.node.api.json.WalletBody;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;

/**
 * What the daemon behind a socket does with money; see {@link
 * org.flowshield.node.api.payment.Payments} for what each method means. Safe for use by any thread.
 */
public final class NodePayments {

    private final NodeClient client;

    NodePayments(NodeClient client) {
        this.client = client;
    }

    public PaymentStatus status() throws NoDaemonException, RefusedException, InterruptedException {
        return client.get("/v1/payment", PaymentStatus.class);
    }

    public Quote quote(String provider)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/quote", new QuoteBody(provider), Quote.class);
    }

    public List<ChannelStatus> channels()
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.get("/v1/channels", ChannelsBody.class).channels();
    }

    public ChannelStatus open(ChannelOpening opening)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/channels/open", opening, ChannelStatus.class);
    }

    public ChannelStatus topUp(ChannelId channel, TokenAmount amount)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post(
                "/v1/channels/top-up", new TopUpBody(channel, amount), ChannelStatus.class);
    }

    public ChannelClosing close(ChannelId channel)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/channels/close", new CloseBody(channel), ChannelClosing.class);
    }

    public Earnings earnings(int days)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.get("/v1/earnings?days=" + days, Earnings.class);
    }

    public List<Settlement> settle()
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/settle", null, SettlementsBody.class).settlements();
    }

    public Spending spending() throws NoDaemonException, RefusedException, InterruptedException {
        return client.get("/v1/spending", Spending.class);
    }

    public Spending cap(SpendingCaps caps)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/spending", caps, Spending.class);
    }

    /** See {@link org.flowshield.node.api.payment.Payments#payFrom}. */
    public PaymentStatus payFrom(EvmAddress wallet)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/payment/wallet", new WalletBody(wallet), PaymentStatus.class);
    }
}
