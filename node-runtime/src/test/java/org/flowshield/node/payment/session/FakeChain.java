package org.flowshield.node.payment.session;

import java.util.HashMap;
import java.util.Map;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.node.payment.ChannelView;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.channel.ChannelChain;

/** Channels in memory, whose blocks come when the test says so. Safe for use by any thread. */
public final class FakeChain implements ChannelChain {

    private final Map<ChannelId, ChannelView> channels = new HashMap<>();
    private boolean confirming = true;
    private boolean reachable = true;
    private boolean refusing;
    private int openings;
    private int topUps;

    /** Whether what happens has all confirmations at once. */
    public synchronized void confirming(boolean at) {
        confirming = at;
    }

    public synchronized void reachable(boolean now) {
        reachable = now;
    }

    /** All that has happened is confirmed. */
    public synchronized void confirm() {
        channels.replaceAll(
                (_, view) ->
                        new ChannelView(
                                view.status(), view.deposit(), view.deposit(), view.claimed()));
    }

    /** Whether it refuses to lock more, as it does when the wallet's caps are reached. */
    public synchronized void refusing(boolean now) {
        refusing = now;
    }

    public synchronized int topUps() {
        return topUps;
    }

    public synchronized int openings() {
        return openings;
    }

    public synchronized void status(ChannelKey channel, ChannelView.Status status) {
        channels.computeIfPresent(
                channel.id(domain()),
                (_, view) ->
                        new ChannelView(
                                status, view.deposit(), view.confirmedDeposit(), view.claimed()));
    }

    @Override
    public ChannelDomain domain() {
        return Parties.DOMAIN;
    }

    @Override
    public synchronized ChannelView view(ChannelKey channel) throws ChainException {
        requireReachable();
        return channels.getOrDefault(channel.id(domain()), ChannelView.NONE);
    }

    private void requireReachable() throws ChainException {
        if (!reachable) {
            throw new ChainException(ChainException.Reason.UNREACHABLE, "the chain is away");
        }
    }

    @Override
    public synchronized void open(ChannelKey channel, TokenAmount amount, Bytes32 offerHash)
            throws ChainException {
        requireReachable();
        openings++;
        channels.put(
                channel.id(domain()),
                new ChannelView(
                        ChannelView.Status.OPEN,
                        amount,
                        confirming ? amount : TokenAmount.ZERO,
                        TokenAmount.ZERO));
    }

    @Override
    public synchronized void topUp(ChannelKey channel, TokenAmount amount) throws ChainException {
        requireReachable();
        if (refusing) {
            throw new ChainException(ChainException.Reason.REJECTED, "the wallet allows no more");
        }
        topUps++;
        channels.computeIfPresent(
                channel.id(domain()),
                (_, view) -> {
                    TokenAmount deposit = view.deposit().plus(amount);
                    return new ChannelView(
                            view.status(),
                            deposit,
                            confirming ? deposit : view.confirmedDeposit(),
                            view.claimed());
                });
    }
}
