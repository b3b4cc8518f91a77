package org.flowshield.node.settlement;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.ChannelEvent;
import org.flowshield.contracts.channels.ChannelState;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.contracts.sending.Time;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.ChannelRecord.Status;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.SettlementRecord;
import org.flowshield.node.ledger.SettlementRecord.Part;
import org.flowshield.node.ledger.SettlementRecord.State;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.settlement.ClaimPolicy.Occasion;

/**
 * Redeems what a node is owed. Every transaction is in the ledger before it is handed in, so that
 * after a crash the same one is looked for, and handed in again if need be, rather than another.
 *
 * <pre>
 *            signed, in the ledger           handed in            deep enough
 *   voucher ----------------------> SIGNED ------------> (chain) -----------> CONFIRMED, REVERTED
 *                                     ^                     |
 *                                     |  nobody knows yet   |  its number was used by another
 *                                     +---------------------+------------------------> DROPPED
 * </pre>
 *
 * Safe for use by any thread, one at a time redeems; waits for the chain, so that it belongs on a
 * virtual thread.
 */
public final class Settler {

    /** What the contract takes at once. */
    static final int BATCH = 64;

    /** A round in so many looks at channels that owe nothing, too: they may have been closed. */
    private static final int ROUNDS_BETWEEN_ALL = 20;

    private final Ledger ledger;
    private final PaymentChannels channels;
    private final Sender sender;
    private final ClaimPolicy policy;
    private final Clock clock;

    /** One round at a time: two would redeem the same voucher. */
    private final ReentrantLock round = new ReentrantLock();

    /** Guarded by {@link #round}. */
    private int rounds;

    public Settler(
            Ledger ledger,
            PaymentChannels channels,
            Sender sender,
            ClaimPolicy policy,
            Clock clock) {
        this.ledger = ledger;
        this.channels = channels;
        this.sender = sender;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Redeems as a matter of course, until the thread is interrupted. The chain being out of reach
     * is told and waited out.
     *
     * @param every how long between two looks: far less than the time that a payer who leaves must
     *     give
     */
    public void run(Duration every, Time time, Consumer<Round> told)
            throws LedgerException, InterruptedException {
        while (true) {
            told.accept(settle(Occasion.ROUTINE));
            time.pause(every);
        }
    }

    /** Finishes what was begun before, looks at the channels, and redeems what is due. */
    public Round settle(Occasion occasion) throws LedgerException, InterruptedException {
        round.lockInterruptibly();
        try {
            List<SettlementRecord> done = new ArrayList<>();
            try {
                for (SettlementRecord begun : ledger.unfinishedSettlements()) {
                    done.add(finish(begun));
                }
                redeem(occasion, done);
                return new Round(done, Optional.empty());
            } catch (RejectedException e) {
                return new Round(done, Optional.of(e.rejection().message()));
            } catch (RpcException e) {
                return new Round(
                        done,
                        Optional.of(
                                "the chain can't be asked: "
                                        + e.getMessage()
                                        + ". The vouchers are as good as before"));
            }
        } finally {
            round.unlock();
        }
    }

    // ------------------------------------------------------------ what is due

    private void redeem(Occasion occasion, List<SettlementRecord> done)
            throws LedgerException, RpcException, RejectedException, InterruptedException {
        List<Claimable> all = owing(onTheirWay(done));
        if (all.isEmpty()) {
            return;
        }
        List<Claimable> due = policy.due(all, cost(all), occasion);
        for (int from = 0; from < due.size(); from += BATCH) {
            done.add(redeem(due.subList(from, Math.min(due.size(), from + BATCH))));
        }
    }

    /** Channels of transactions whose end nobody knows: what they are owed may be coming. */
    private static Set<ChannelId> onTheirWay(List<SettlementRecord> settlements) {
        Set<ChannelId> channels = new HashSet<>();
        for (SettlementRecord settlement : settlements) {
            if (settlement.state() == State.SIGNED) {
                settlement.parts().forEach(part -> channels.add(part.channel()));
            }
        }
        return channels;
    }

    private List<Claimable> owing(Set<ChannelId> except) throws LedgerException, RpcException {
        boolean lookAtAll = rounds++ % ROUNDS_BETWEEN_ALL == 0;
        List<Claimable> owing = new ArrayList<>();
        for (ChannelRecord channel : ledger.channels(Side.PAYEE)) {
            Optional<SignedVoucher> voucher = ledger.latest(channel.id(), Side.PAYEE);
            boolean owes =
                    voucher.isPresent()
                            && voucher.get().voucher().cumulative().isMoreThan(channel.claimed());
            if (except.contains(channel.id()) || !(owes || lookAtAll)) {
                continue;
            }
            ChannelState state = look(channel);
            if (owes) {
                Claimable claimable = new Claimable(channel.key(), voucher.get(), state);
                if (!claimable.payable().isZero()) {
                    owing.add(claimable);
                }
            }
        }
        return owing;
    }

    /** What the chain says of a channel, which the ledger is told if it is news. */
    private ChannelState look(ChannelRecord channel) throws LedgerException, RpcException {
        ChannelState state = channels.channel(channel.id());
        Status status =
                switch (state.status()) {
                    case NONE -> Status.OPENING;
                    case OPEN -> Status.OPEN;
                    case CLOSING -> Status.CLOSING;
                    case CLOSED -> Status.CLOSED;
                };
        ChannelRecord now =
                new ChannelRecord(
                        channel.key(),
                        channel.domain(),
                        channel.side(),
                        channel.peer(),
                        channel.offerHash(),
                        state.deposit(),
                        state.claimed(),
                        channel.openedBlock(),
                        status,
                        status == Status.CLOSING ? state.closesAt() : Optional.empty());
        if (!now.equals(channel)) {
            ledger.put(now);
        }
        return state;
    }

    /** The most that redeeming one of them can cost. */
    private Wei cost(List<Claimable> all) throws RpcException, RejectedException {
        List<Claimable> some = all.subList(0, Math.min(all.size(), BATCH));
        Wei whole = sender.preview(call(some)).fee();
        return new Wei(whole.units().divide(BigInteger.valueOf(some.size())));
    }

    private Call call(List<Claimable> claims) {
        return claims.size() == 1
                ? channels.calls().claim(claims.getFirst().claim())
                : channels.calls().claimMany(claims.stream().map(Claimable::claim).toList());
    }

    // ------------------------------------------------------------ one transaction

    private SettlementRecord redeem(List<Claimable> claims)
            throws LedgerException, RpcException, RejectedException, InterruptedException {
        Sent sent = sender.sign(sender.preview(call(claims)));
        SettlementRecord begun;
        try {
            begun = ledger.begin(parts(claims), sent);
        } catch (LedgerException e) {
            sender.abandon(sent);
            throw e;
        }
        try {
            sender.submit(sent);
        } catch (RpcException e) {
            if (!e.passes()) {
                throw e;
            }
            // It may have arrived: waiting for it tells, and hands it in again if it has not.
        } catch (RejectedException e) {
            SettlementRecord dropped = end(begun, State.DROPPED, begun.parts(), Wei.ZERO, e);
            ledger.put(dropped);
            throw e;
        }
        return finish(begun);
    }

    private static List<Part> parts(List<Claimable> claims) {
        return claims.stream()
                .map(
                        claim ->
                                new Part(
                                        claim.channel(),
                                        claim.voucher().voucher().cumulative(),
                                        TokenAmount.ZERO))
                .toList();
    }

    private SettlementRecord end(
            SettlementRecord begun, State state, List<Part> parts, Wei cost, Exception why) {
        return begun.ended(state, parts, now(), cost, String.valueOf(why.getMessage()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Waits for the end of a settlement, and records it. */
    private SettlementRecord finish(SettlementRecord begun)
            throws LedgerException, RpcException, InterruptedException {
        Repricing repricing = new Repricing(begun);
        Outcome outcome = sender.await(begun.transaction(), repricing);
        SettlementRecord last = repricing.current();
        SettlementRecord ended =
                switch (outcome) {
                    case Outcome.Unknown _ -> last;
                    case Outcome.Confirmed confirmed ->
                            last.resigned(confirmed.sent())
                                    .ended(
                                            State.CONFIRMED,
                                            moved(last, confirmed),
                                            now(),
                                            confirmed.receipt().cost(),
                                            "");
                    case Outcome.Reverted reverted ->
                            last.resigned(reverted.sent())
                                    .ended(
                                            State.REVERTED,
                                            last.parts(),
                                            now(),
                                            reverted.receipt().cost(),
                                            reverted.why().message());
                    case Outcome.Replaced _ ->
                            last.ended(
                                    State.DROPPED,
                                    last.parts(),
                                    now(),
                                    Wei.ZERO,
                                    "another transaction of the same key took its number");
                };
        if (ended.end().isPresent()) {
            ledger.put(ended);
            for (Part part : ended.parts()) {
                Optional<ChannelRecord> channel = ledger.channel(part.channel(), Side.PAYEE);
                if (channel.isPresent()) {
                    ChannelState _ = look(channel.get());
                }
            }
        }
        return ended;
    }

    /** What a transaction brought, by what the contract said in it. */
    private List<Part> moved(SettlementRecord settlement, Outcome.Confirmed confirmed)
            throws RpcException {
        long block = confirmed.receipt().block();
        Map<ChannelId, TokenAmount> paid = new HashMap<>();
        for (ChannelEvent event : channels.events(block, block)) {
            if (event instanceof ChannelEvent.Claimed claimed
                    && claimed.log().transaction().equals(confirmed.sent().hash())) {
                paid.merge(claimed.id(), claimed.amount(), TokenAmount::plus);
            }
        }
        return settlement.parts().stream()
                .map(
                        part ->
                                new Part(
                                        part.channel(),
                                        part.upTo(),
                                        paid.getOrDefault(part.channel(), TokenAmount.ZERO)))
                .toList();
    }

    /**
     * Keeps the transaction that counts when more is offered for it. What the ledger can't keep is
     * not worth stopping for: both have the same number, so that only one ever happens.
     */
    private final class Repricing implements Progress {

        private SettlementRecord current;

        Repricing(SettlementRecord begun) {
            current = begun;
        }

        SettlementRecord current() {
            return current;
        }

        @Override
        public void happened(Step step) {
            if (step instanceof Step.Repriced repriced) {
                current = current.resigned(repriced.now());
                try {
                    ledger.put(current);
                } catch (LedgerException e) {
                    throw new IllegalStateException("the ledger could not keep a transaction", e);
                }
            }
        }
    }
}
