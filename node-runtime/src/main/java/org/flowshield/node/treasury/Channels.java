package org.flowshield.node.treasury;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.ChannelState;
import org.flowshield.contracts.channels.ChannelStatus;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.Claim;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.ChannelView;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.channel.ChannelChain;
import org.flowshield.node.payment.channel.SessionSigner;
import org.flowshield.node.payment.relay.CarriedOrder;
import org.flowshield.node.payment.relay.RelayAnswer;
import org.flowshield.node.payment.relay.RelayClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens channels, fills them and closes them: the ledger knows of each before the chain is told, so
 * that no deposit is forgotten whatever happens in between. The signer orders, within what the
 * wallet lets it; the operator key carries the orders to the chain and pays the gas. Any thread;
 * waits for the chain.
 */
final class Channels implements ChannelChain {

    /** An order that nobody carried by then is void. */
    private static final Duration ORDERS_LAST = Duration.ofMinutes(10);

    /** A few slow blocks. */
    private static final Duration CARRIED_WITHIN = Duration.ofSeconds(90);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** Providers that were asked lately. */
    private static final int MOST_REACHED = 64;

    /** As in the contract. */
    private static final Duration CHALLENGE = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private final Ledger ledger;
    private final PaymentChannels chain;
    private final Heads heads;
    private final Sender sender;
    private final SessionSigner signer;
    private final int confirmations;
    private final Offers offers;

    /** Where payees were reached last, who can carry orders; guarded by itself. */
    private final Map<EvmAddress, String> reached =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<EvmAddress, String> eldest) {
                    return size() > MOST_REACHED;
                }
            };

    private final SecureRandom random;
    private final Clock clock;

    /** One top-up at a time: each has the contract's next number. */
    private final ReentrantLock toppingUp = new ReentrantLock();

    Channels(
            Ledger ledger,
            Treasury.Access access,
            Heads heads,
            Offers offers,
            SecureRandom random,
            Clock clock) {
        this.ledger = ledger;
        this.chain = access.channels();
        this.heads = heads;
        this.sender = access.sender();
        this.signer = access.signer();
        this.confirmations = access.confirmations();
        this.offers = offers;
        this.random = random;
        this.clock = clock;
    }

    // ---- for sessions ----

    @Override
    public ChannelDomain domain() {
        return chain.domain();
    }

    @Override
    public ChannelView view(ChannelKey channel) throws ChainException {
        ChannelId id = channel.id(chain.domain());
        try {
            long safe = heads.fresh().number() - confirmations + 1;
            ChannelState now = chain.channel(id);
            ChannelState confirmed =
                    safe < 0 || now.status() == ChannelStatus.NONE ? now : chain.channel(id, safe);
            boolean existed = safe >= 0 && confirmed.status() != ChannelStatus.NONE;
            return new ChannelView(
                    switch (now.status()) {
                        case NONE -> ChannelView.Status.NONE;
                        case OPEN -> ChannelView.Status.OPEN;
                        case CLOSING -> ChannelView.Status.CLOSING;
                        case CLOSED -> ChannelView.Status.CLOSED;
                    },
                    now.deposit(),
                    existed ? confirmed.deposit() : TokenAmount.ZERO,
                    now.claimed());
        } catch (RpcException e) {
            throw ChainFailure.forSessions(ChainFailure.of(e));
        }
    }

    /** Sessions begin when it is in a block; how far it is trusted is the provider's to say. */
    @Override
    public void open(ChannelKey key, TokenAmount amount, Bytes32 offerHash)
            throws ChainException, InterruptedException {
        ChannelId id = key.id(chain.domain());
        try {
            order(
                    key,
                    terms -> new RelayedOrder.Open(id, amount, offerHash, terms),
                    state -> state.status() != ChannelStatus.NONE);
        } catch (RefusedException e) {
            throw ChainFailure.forSessions(e);
        }
    }

    @Override
    public void topUp(ChannelKey key, TokenAmount amount)
            throws ChainException, InterruptedException {
        toppingUp.lockInterruptibly();
        try {
            requireFunds(key, amount);
            toppedUp(key, amount);
        } catch (RefusedException e) {
            throw ChainFailure.forSessions(e);
        } finally {
            toppingUp.unlock();
        }
    }

    void requireFunds(ChannelKey key, TokenAmount amount) throws RefusedException {
        requireFunds(key.payer(), key.payee(), amount);
    }

    /** Says what is missing better than the contract can. */
    void requireFunds(EvmAddress wallet, EvmAddress payee, TokenAmount amount)
            throws RefusedException {
        EvmAddress by = signer.address();
        try {
            Funds.require(
                    wallet,
                    by,
                    amount,
                    chain.purseOf(wallet),
                    chain.authority(wallet, by),
                    chain.usedWith(wallet, by, payee),
                    clock.instant());
        } catch (RpcException e) {
            throw ChainFailure.of(e);
        }
    }

    private void toppedUp(ChannelKey key, TokenAmount amount)
            throws RefusedException, InterruptedException {
        ChannelId id = key.id(chain.domain());
        try {
            BigInteger nonce = chain.nonce(signer.address());
            TokenAmount before = chain.channel(id).deposit();
            order(
                    key,
                    terms -> new RelayedOrder.TopUp(id, amount, nonce, terms),
                    state -> state.deposit().isMoreThan(before));
        } catch (RpcException e) {
            throw ChainFailure.of(e);
        }
    }

    // ---- in ----

    /** Opens a channel with so much of the wallet's purse. */
    ChannelRecord open(
            EvmAddress wallet,
            EvmAddress payee,
            Optional<PeerId> peer,
            Bytes32 offerHash,
            TokenAmount amount)
            throws RefusedException, LedgerException, InterruptedException {
        byte[] salt = new byte[Bytes32.LENGTH];
        random.nextBytes(salt);
        ChannelKey key = new ChannelKey(wallet, payee, signer.address(), new Bytes32(salt));
        ChannelRecord opening =
                new ChannelRecord(
                        key,
                        chain.domain(),
                        Side.PAYER,
                        peer,
                        offerHash,
                        TokenAmount.ZERO,
                        TokenAmount.ZERO,
                        0,
                        ChannelRecord.Status.OPENING,
                        Optional.empty());
        ledger.put(opening);
        try {
            order(
                    key,
                    terms -> new RelayedOrder.Open(opening.id(), amount, offerHash, terms),
                    state -> state.status() != ChannelStatus.NONE);
        } catch (RefusedException e) {
            if (!e.problem().code().equals("not_known_yet")) {
                forget(opening);
            }
            throw e;
        }
        ChannelRecord open = but(opening, ChannelRecord.Status.OPEN, amount, 0);
        ledger.put(open);
        LOG.info("channel {} is open with {}", open.id(), amount);
        return open;
    }

    /** Of an opening that can't happen any more. */
    void forget(ChannelRecord opening) throws LedgerException {
        ledger.put(but(opening, ChannelRecord.Status.CLOSED, TokenAmount.ZERO, 0));
    }

    ChannelRecord topUp(ChannelRecord channel, TokenAmount amount)
            throws RefusedException, LedgerException, InterruptedException {
        toppingUp.lockInterruptibly();
        try {
            toppedUp(channel.key(), amount);
            LOG.info("channel {} got {} more", channel.id(), amount);
            return refreshed(channel);
        } catch (RpcException e) {
            throw ChainFailure.of(e);
        } finally {
            toppingUp.unlock();
        }
    }

    // ---- out ----

    /** No session begins with it any more; what the chain says later puts it right. */
    void retire(ChannelRecord channel) throws LedgerException {
        ledger.put(
                new ChannelRecord(
                        channel.key(),
                        channel.domain(),
                        channel.side(),
                        channel.peer(),
                        channel.offerHash(),
                        channel.deposit(),
                        channel.claimed(),
                        channel.openedBlock(),
                        ChannelRecord.Status.CLOSING,
                        Optional.of(clock.instant().plus(CHALLENGE))));
    }

    /** Closes a channel of which both sides say the same. */
    TransactionHash close(ChannelRecord channel, CooperativeClose close, Signature byPayee)
            throws RefusedException, LedgerException, InterruptedException {
        Optional<SignedVoucher> last =
                ledger.latest(channel.id(), channel.side())
                        .filter(_ -> close.finalCumulative().isMoreThan(channel.claimed()));
        Outcome.Confirmed done =
                execute(
                        chain.calls()
                                .cooperativeClose(
                                        channel.key(), close, byPayee, last.orElse(null)));
        return done.sent().hash();
    }

    /** Begins to close a channel without its payee's consent; without gas, by its relay. */
    TransactionHash startClose(ChannelRecord channel)
            throws RefusedException, InterruptedException {
        RelayedOrder order = new RelayedOrder.StartClose(channel.id(), terms(TokenAmount.ZERO));
        try {
            return execute(carried(channel.key(), order)).sent().hash();
        } catch (RefusedException e) {
            String provider = relayFor(channel.key(), e);
            TransactionHash begun =
                    relay(
                            provider,
                            channel.key(),
                            terms -> new RelayedOrder.StartClose(channel.id(), terms));
            awaitOnChain(
                    channel.id(),
                    state ->
                            state.status() == ChannelStatus.CLOSING
                                    || state.status() == ChannelStatus.CLOSED);
            return begun;
        }
    }

    /** Ends that, when its time has come. */
    TransactionHash finishClose(ChannelRecord channel)
            throws RefusedException, InterruptedException {
        return execute(chain.calls().finishClose(channel.key())).sent().hash();
    }

    /** Takes what was earned and gives the rest back; for the payee. */
    TransactionHash claimAndClose(ChannelRecord channel)
            throws RefusedException, LedgerException, InterruptedException {
        Optional<SignedVoucher> last =
                ledger.latest(channel.id(), Side.PAYEE)
                        .filter(v -> v.voucher().cumulative().isMoreThan(channel.claimed()));
        Call call =
                last.map(voucher -> chain.calls().claimAndClose(new Claim(channel.key(), voucher)))
                        .orElseGet(() -> chain.calls().close(channel.key(), channel.claimed()));
        return execute(call).sent().hash();
    }

    // ---- what the chain says ----

    /** The channel as the chain has it now, kept in the ledger. */
    ChannelRecord refreshed(ChannelRecord channel) throws RpcException, LedgerException {
        ChannelState state = chain.channel(channel.id());
        ChannelRecord now =
                switch (state.status()) {
                    case NONE -> channel;
                    case OPEN, CLOSING, CLOSED -> with(channel, state);
                };
        if (!now.equals(channel)) {
            ledger.put(now);
        }
        return now;
    }

    private static ChannelRecord with(ChannelRecord channel, ChannelState state) {
        ChannelRecord.Status status =
                switch (state.status()) {
                    case NONE, OPEN -> ChannelRecord.Status.OPEN;
                    case CLOSING -> ChannelRecord.Status.CLOSING;
                    case CLOSED -> ChannelRecord.Status.CLOSED;
                };
        return new ChannelRecord(
                channel.key(),
                channel.domain(),
                channel.side(),
                channel.peer(),
                channel.offerHash(),
                state.deposit(),
                state.claimed(),
                channel.openedBlock(),
                status,
                status == ChannelRecord.Status.CLOSING ? state.closesAt() : Optional.empty());
    }

    private static ChannelRecord but(
            ChannelRecord channel,
            ChannelRecord.Status status,
            TokenAmount deposit,
            long openedBlock) {
        return new ChannelRecord(
                channel.key(),
                channel.domain(),
                channel.side(),
                channel.peer(),
                channel.offerHash(),
                deposit,
                channel.claimed(),
                openedBlock,
                status,
                Optional.empty());
    }

    // ---- sending ----

    /** Somebody was reached there who is paid by that address. */
    void reachedAt(EvmAddress payee, String provider) {
        synchronized (reached) {
            reached.put(payee, provider);
        }
    }

    Optional<String> addressOf(EvmAddress payee) {
        synchronized (reached) {
            return Optional.ofNullable(reached.get(payee));
        }
    }

    /** By our own gas if there is any, else by the provider that the channel is to. */
    private void order(
            ChannelKey key, Function<RelayTerms, RelayedOrder> order, Predicate<ChannelState> done)
            throws RefusedException, InterruptedException {
        requireFresh();
        try {
            executeUntilIncluded(carried(key, order.apply(terms(TokenAmount.ZERO))));
        } catch (RefusedException e) {
            String provider = relayFor(key, e);
            TransactionHash _ = relay(provider, key, order);
            awaitOnChain(key.id(chain.domain()), done);
        }
    }

    /** Nobody locks money by what a chain looked like some time ago. */
    private void requireFresh() throws RefusedException {
        try {
            Head _ = heads.fresh();
        } catch (RpcException e) {
            throw ChainFailure.of(e);
        }
    }

    /** Who carries what our own gas did not suffice for; if that was not the reason, nobody. */
    private String relayFor(ChannelKey key, RefusedException why) throws RefusedException {
        Optional<String> provider = addressOf(key.payee());
        if (provider.isEmpty() || !why.problem().code().equals("no_gas")) {
            throw why;
        }
        return provider.orElseThrow();
    }

    private TransactionHash relay(
            String provider, ChannelKey key, Function<RelayTerms, RelayedOrder> order)
            throws RefusedException, InterruptedException {
        RelayAnswer answer = offerTo(provider, key, order, TokenAmount.ZERO);
        if (answer instanceof RelayAnswer.Refused(var reason, _, TokenAmount fee)
                && reason == RelayAnswer.Refused.Reason.FEE_TOO_LOW
                && !fee.isMoreThan(RelayClient.MOST_FEE)) {
            answer = offerTo(provider, key, order, fee);
        }
        return switch (answer) {
            case RelayAnswer.Carried(TransactionHash transaction) -> {
                LOG.info("the provider carries an order: {}", transaction);
                yield transaction;
            }
            case RelayAnswer.Refused refused -> throw Funds.notCarried(sender.address(), refused);
            case RelayAnswer.Terms terms ->
                    throw new IllegalStateException("no answer to an order: " + terms);
        };
    }

    private RelayAnswer offerTo(
            String provider,
            ChannelKey key,
            Function<RelayTerms, RelayedOrder> order,
            TokenAmount fee)
            throws RefusedException, InterruptedException {
        RelayedOrder ordered = order.apply(terms(fee));
        Signature signature = signer.sign(ordered.digest(chain.domain()));
        return offers.carry(provider, new CarriedOrder.OfChannel(ordered, signature, key));
    }

    private void awaitOnChain(ChannelId id, Predicate<ChannelState> done)
            throws RefusedException, InterruptedException {
        long end = Time.SYSTEM.nanos() + CARRIED_WITHIN.toNanos();
        try {
            while (!done.test(chain.channel(id))) {
                if (Time.SYSTEM.nanos() - end >= 0) {
                    throw Funds.notCarriedYet(id);
                }
                Time.SYSTEM.pause(LOOK_AGAIN);
            }
        } catch (RpcException e) {
            throw ChainFailure.of(e);
        }
    }

    private RelayTerms terms(TokenAmount maxFee) {
        Instant deadline = clock.instant().plus(ORDERS_LAST).truncatedTo(ChronoUnit.SECONDS);
        return new RelayTerms(maxFee, deadline);
    }

    private Call carried(ChannelKey key, RelayedOrder order) {
        Signature signature = signer.sign(order.digest(chain.domain()));
        return chain.calls().carry(key, order, signature, TokenAmount.ZERO);
    }

    private Outcome.Confirmed execute(Call call) throws RefusedException, InterruptedException {
        try {
            Outcome outcome = sender.execute(call, Progress.SILENT);
            if (outcome instanceof Outcome.Confirmed confirmed) {
                return confirmed;
            }
            throw ChainFailure.of(outcome, sender.address());
        } catch (RpcException e) {
            throw ChainFailure.of(e);
        } catch (RejectedException e) {
            throw ChainFailure.of(e, sender.address());
        }
    }

    /** Returns as soon as it is in a block; goes on to see that it stays there. */
    private void executeUntilIncluded(Call call) throws RefusedException, InterruptedException {
        CompletableFuture<Optional<RefusedException>> answer = new CompletableFuture<>();
        Thread _ =
                Thread.ofVirtual().name("channel-order").start(() -> executeAndTell(call, answer));
        try {
            Optional<RefusedException> failure = answer.get();
            if (failure.isPresent()) {
                throw failure.orElseThrow();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an order to the chain failed", e.getCause());
        }
    }

    private void executeAndTell(Call call, CompletableFuture<Optional<RefusedException>> answer) {
        Progress progress =
                step -> {
                    if (step instanceof Progress.Step.Included(_, Receipt receipt)
                            && receipt.succeeded()) {
                        answer.complete(Optional.empty());
                    }
                };
        try {
            Outcome outcome = sender.execute(call, progress);
            if (outcome instanceof Outcome.Confirmed) {
                answer.complete(Optional.empty());
                return;
            }
            RefusedException failure = ChainFailure.of(outcome, sender.address());
            if (!answer.complete(Optional.of(failure))) {
                LOG.warn("{} was undone after all: {}", call.purpose(), failure.getMessage());
            }
        } catch (RpcException e) {
            boolean _ = answer.complete(Optional.of(ChainFailure.of(e)));
        } catch (RejectedException e) {
            boolean _ = answer.complete(Optional.of(ChainFailure.of(e, sender.address())));
        } catch (InterruptedException | RuntimeException e) {
            boolean _ = answer.completeExceptionally(e);
        }
    }
}
