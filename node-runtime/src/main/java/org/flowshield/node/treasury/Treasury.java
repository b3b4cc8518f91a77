package org.flowshield.node.treasury;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.channels.SignerAuthority;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.payment.Authorisation;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.channel.ChannelBook;
import org.flowshield.node.payment.channel.ChannelChain;
import org.flowshield.node.payment.channel.PayerSettings;
import org.flowshield.node.payment.channel.SessionSigner;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.role.Funding;
import org.flowshield.node.settlement.ClaimPolicy;
import org.flowshield.node.settlement.Settler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does with money: over its ledger, the chain, its signer within what the wallet lets
 * it, and its operator key that pays for gas. Safe for use by any thread.
 */
public final class Treasury implements Payments, Funding, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Treasury.class);

    /** A provider that asks for more than so many times the usual deposit does not get it. */
    private static final int MOST_DEPOSITS = 10;

    /** To reach a chain that answered a moment ago. */
    private static final int ATTEMPTS = 3;

    /**
     * What an operator has decided on.
     *
     * @param wallet whose purse pays by the configuration; none: nobody's, until one is chosen
     * @param maxPrice that is paid for a GiB unasked
     * @param deposit of a new channel
     * @param payee who is paid for what this node serves; none if it is not paid
     * @param gasWorth what a coin for gas is worth in FLOW
     * @param identities who is believed about other nodes now, for the status
     * @param chosenCaps the file of the caps that somebody chose while the node ran
     */
    public record Setup(
            Network network,
            Optional<EvmAddress> wallet,
            Optional<TokenAmount> maxPrice,
            TokenAmount deposit,
            Limits limits,
            Optional<EvmAddress> payee,
            TokenAmount gasWorth,
            Supplier<NetworkStatus.Identities> identities,
            Path chosenCaps,
            Path chosenPayer) {

        boolean earns() {
            return payee.isPresent();
        }

        TokenAmount mostDeposit() {
            return new TokenAmount(deposit.units().multiply(BigInteger.valueOf(MOST_DEPOSITS)));
        }

        PayerSettings payer(EvmAddress purse) {
            return new PayerSettings(purse, deposit, mostDeposit(), deposit);
        }
    }

    /** How the chain is reached, and by which keys; theirs who made them to close. */
    public record Access(
            Chain chain,
            PaymentChannels channels,
            Sender sender,
            SessionSigner signer,
            int confirmations) {}

    private final Setup setup;

    /** Who is paid for what this node serves. */
    private volatile Optional<EvmAddress> payee;

    /** Guarded by this. */
    private boolean payingOut;

    private final Access access;
    private final Ledger ledger;
    private final Offers offers;
    private final Payouts payouts;
    private final Agreements agreements;
    private final Books books;
    private final Heads heads;
    private final Channels channels;

    /** Whose purse pays; none while no wallet is known. */
    private volatile Optional<Payer> payer = Optional.empty();

    /** Told when another wallet pays. */
    private volatile Runnable payerListener = () -> {};

    private final SecureRandom random;
    private final Upkeep upkeep;
    private final ChainWatch watch;
    private final Clock clock;

    /** Held while caps or the wallet that pays are changed, in their files and in use. */
    private final ReentrantLock capping = new ReentrantLock();

    private volatile Runnable listener = () -> {};
    private volatile Totals totals = Totals.NONE;

    /** What the log said last of this node's operator; the thread that looks. */
    private Optional<Problem> told = Optional.empty();

    /** Why what the ledger says is not known. */
    private volatile Optional<Problem> trouble = Optional.empty();

    /** A wallet that pays, and the channels that its sessions are paid from. */
    private record Payer(PayerSettings settings, ChannelBook book) {
        EvmAddress wallet() {
            return settings.purse();
        }
    }

    /** What the ledger said last, so that the status need not wait for the disk. */
    private record Totals(
            Optional<Spending> spending,
            TokenAmount paid,
            TokenAmount earned,
            TokenAmount settled) {

        static final Totals NONE =
                new Totals(Optional.empty(), TokenAmount.ZERO, TokenAmount.ZERO, TokenAmount.ZERO);
    }

    private Treasury(
            Setup setup,
            Access access,
            Ledger ledger,
            Offers offers,
            Agreements agreements,
            SecureRandom random,
            Clock clock) {
        this.setup = setup;
        this.payee = setup.payee();
        this.access = access;
        this.ledger = ledger;
        this.offers = offers;
        this.agreements = agreements;
        this.clock = clock;
        books = new Books(ledger, clock);
        heads = new Heads(access.chain()::head, !setup.network().isDevelopment(), clock);
        channels = new Channels(ledger, access, heads, offers, random, clock);
        this.random = random;
        upkeep = new Upkeep(ledger, channels, clock);
        watch = new ChainWatch(this::look, this::looked);
        payouts =
                new Payouts(
                        new Settler(
                                ledger,
                                access.channels(),
                                access.sender(),
                                ClaimPolicy.of(setup.gasWorth()),
                                clock),
                        watch::soon);
    }

    /**
     * Begins to look after the money.
     *
     * @param ledger stays the caller's to close
     * @throws IOException if the caps or the wallet that somebody chose can't be read
     * @throws LedgerException if they can't be put into the ledger
     */
    public static Treasury open(
            Setup setup,
            Access access,
            Ledger ledger,
            Offers offers,
            Agreements agreements,
            SecureRandom random,
            Clock clock)
            throws IOException, LedgerException {
        Treasury treasury = new Treasury(setup, access, ledger, offers, agreements, random, clock);
        ChosenPayer.read(setup.chosenPayer()).or(setup::wallet).ifPresent(treasury::paysFrom);
        ChosenCaps chosen = ChosenCaps.read(setup.chosenCaps());
        treasury.books.cap(setup.limits().with(chosen));
        treasury.count();
        treasury.watch.start();
        if (setup.earns()) {
            treasury.startPayouts();
        }
        return treasury;
    }

    /** What this node serves from now on is paid to this wallet. */
    public void earnsFor(EvmAddress wallet) {
        payee = Optional.of(wallet);
        startPayouts();
    }

    private synchronized void startPayouts() {
        if (!payingOut) {
            payingOut = true;
            payouts.start();
        }
    }

    /** Where somebody who is paid by that address was reached last. */
    public Optional<String> addressOf(EvmAddress payee) {
        return channels.addressOf(payee);
    }

    /** Somebody who is paid by that address was reached there, and may carry orders. */
    void reachedAt(EvmAddress payee, String provider) {
        channels.reachedAt(payee, provider);
    }

    /** The most that is locked in one channel. */
    public TokenAmount mostDeposit() {
        return setup.mostDeposit();
    }

    /** Whether there is a wallet to pay from. */
    public boolean pays() {
        return payer.isPresent();
    }

    /** Called after another wallet was chosen to pay, by the thread that did; must not wait. */
    public void onPayer(Runnable toCall) {
        payerListener = toCall;
    }

    private void paysFrom(EvmAddress wallet) {
        PayerSettings settings = setup.payer(wallet);
        payer =
                Optional.of(
                        new Payer(
                                settings,
                                new ChannelBook(
                                        settings, access.signer(), channels, ledger, random)));
    }

    @Override
    public PaymentStatus payFrom(EvmAddress wallet) throws RefusedException {
        if (wallet.isZero()) {
            throw new RefusedException(
                    Kind.INVALID,
                    new Problem(
                            "bad_address",
                            "the address 0 is nobody's: nothing can be paid from it",
                            "name the wallet whose purse is to pay"));
        }
        capping.lock();
        try {
            ChosenPayer.write(setup.chosenPayer(), wallet);
            if (!payer.map(Payer::wallet).equals(Optional.of(wallet))) {
                paysFrom(wallet);
                payerListener.run();
            }
        } catch (IOException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "not_kept",
                            "the choice can't be written to "
                                    + setup.chosenPayer()
                                    + ": "
                                    + e.getMessage()
                                    + "; nothing has changed",
                            "make room on the disk, or see its rights, and try again"),
                    e);
        } finally {
            capping.unlock();
        }
        watch.soon();
        return status();
    }

    /**
     * What sessions are paid with; empty without a wallet.
     *
     * @param vetting asked in each session before anything is paid
     */
    public Optional<org.flowshield.node.payment.session.Payments> sessions(Vetting vetting) {
        return payer.map(
                present ->
                        new org.flowshield.node.payment.session.Payments(
                                present.settings(),
                                access.signer(),
                                channels,
                                ledger,
                                present.book(),
                                clock,
                                System::nanoTime,
                                vetting));
    }

    /** The contract as sessions need it. */
    public ChannelChain chain() {
        return channels;
    }

    /** Called after each look at the chain, from any thread; must not wait. Looks soon. */
    public void onChange(Runnable toCall) {
        listener = toCall;
        watch.soon();
    }

    @Override
    public void close() {
        payouts.close();
        watch.close();
    }

    // ---- looking ----

    private ChainView.Facts look() throws RpcException, InterruptedException {
        Head head = heads.fresh();
        Optional<TokenAmount> purse = Optional.empty();
        Optional<SignerAuthority> authority = Optional.empty();
        Optional<Payer> pays = payer;
        if (pays.isPresent()) {
            EvmAddress wallet = pays.orElseThrow().wallet();
            purse = Optional.of(access.channels().purseOf(wallet));
            authority = Optional.of(access.channels().authority(wallet, access.signer().address()));
        }
        ChainView.Facts facts =
                new ChainView.Facts(
                        head.number(),
                        clock.instant(),
                        access.chain().balance(access.sender().address()),
                        purse,
                        authority,
                        operatorNamed());
        upkeep.run();
        tell(notNamed(facts));
        return facts;
    }

    /** Whether this node may close channels for its payee; true where there is none. */
    private boolean operatorNamed() throws RpcException {
        EvmAddress operator = access.sender().address();
        Optional<EvmAddress> of = payee;
        return of.isEmpty()
                || of.orElseThrow().equals(operator)
                || access.channels().isOperator(of.orElseThrow(), operator);
    }

    private Optional<Problem> notNamed(ChainView.Facts facts) {
        return facts.operatorNamed()
                ? Optional.empty()
                : Optional.of(Funds.notNamed(payee.orElseThrow(), access.sender().address()));
    }

    /** In the log once, until it is another. The thread that looks. */
    private void tell(Optional<Problem> problem) {
        if (!problem.equals(told)) {
            problem.ifPresent(what -> LOG.warn("{}; {}", what.message(), what.action()));
            told = problem;
        }
    }

    private void looked() {
        count();
        listener.run();
    }

    /** Asks the ledger for the sums. */
    private void count() {
        try {
            totals =
                    new Totals(
                            Optional.of(books.spending()),
                            books.ever(Side.PAYER),
                            books.ever(Side.PAYEE),
                            books.settled());
            trouble = Optional.empty();
        } catch (LedgerException e) {
            trouble = Optional.of(problem(e));
        }
    }

    private static Problem problem(LedgerException e) {
        return new Problem(e.code(), String.valueOf(e.getMessage()), e.action());
    }

    private static RefusedException refused(LedgerException e) {
        return new RefusedException(Kind.FAILED, problem(e), e);
    }

    // ---- status ----

    @Override
    public PaymentStatus status() {
        ChainView view = watch.view();
        Optional<ChainView.Facts> facts = view.facts();
        Totals sums = totals;
        return new PaymentStatus(
                new NetworkStatus(
                        setup.network().name(),
                        setup.network().chain().value(),
                        setup.network().gasSymbol(),
                        view.rpc(),
                        facts.map(ChainView.Facts::block).orElse(null),
                        facts.map(ChainView.Facts::asOf).orElse(null),
                        setup.identities().get()),
                access.signer().address(),
                access.sender().address(),
                facts.map(ChainView.Facts::operatorGas).orElse(null),
                payer.map(Payer::wallet).orElse(null),
                facts.flatMap(ChainView.Facts::purse).orElse(null),
                facts.flatMap(ChainView.Facts::authority)
                        .filter(authority -> !authority.caps().total().isZero())
                        .map(Treasury::authorisation)
                        .orElse(null),
                sums.spending().orElse(null),
                sums.paid(),
                sums.earned(),
                sums.settled(),
                trouble.or(() -> view.trouble().map(ChainFailure::problem))
                        .or(() -> facts.flatMap(this::missing))
                        .orElse(null));
    }

    private static Authorisation authorisation(SignerAuthority authority) {
        return new Authorisation(
                authority.caps().total(),
                authority.caps().perPayee(),
                authority.caps().expiry(),
                authority.used());
    }

    /** What stands in the way although the chain answers. */
    private Optional<Problem> missing(ChainView.Facts facts) {
        return facts.authority()
                .flatMap(
                        authority ->
                                Funds.unauthorised(
                                        authority, access.signer().address(), clock.instant()))
                .or(
                        () ->
                                payee.isPresent() && facts.operatorGas().isZero()
                                        ? Optional.of(
                                                Funds.noGas(
                                                        access.sender().address(),
                                                        setup.network().gasSymbol(),
                                                        payee.isPresent()))
                                        : notNamed(facts));
    }

    // ---- quotes ----

    @Override
    public Quote quote(String provider) throws RefusedException, InterruptedException {
        Offers.Answer answer = offers.ask(provider);
        if (answer.offer().isEmpty()) {
            return Quotes.withoutMoney(provider, answer);
        }
        Offer offer = answer.offer().orElseThrow().offer();
        TokenAmount price = offer.price().perGiB();
        try {
            Optional<ChannelRecord> channel = openTo(offer);
            return Quotes.of(
                    provider,
                    answer,
                    toLock(offer),
                    setup.maxPrice().filter(most -> !price.isMoreThan(most)).isPresent(),
                    channel.isPresent() ? books.status(channel.orElseThrow()) : null);
        } catch (LedgerException e) {
            throw refused(e);
        }
    }

    /** How much a new channel, or one that is filled, would lock. */
    private TokenAmount toLock(Offer offer) throws LedgerException {
        Optional<Payer> present = payer;
        return present.isPresent()
                ? present.orElseThrow().book().toLock(offer)
                : setup.deposit().max(offer.minDeposit());
    }

    private Optional<ChannelRecord> openTo(Offer offer) throws LedgerException {
        Optional<Payer> present = payer;
        return present.isPresent()
                ? present.orElseThrow()
                        .book()
                        .find(offer)
                        .filter(channel -> channel.status() == ChannelRecord.Status.OPEN)
                : Optional.empty();
    }

    // ---- channels ----

    @Override
    public List<ChannelStatus> channels() throws RefusedException {
        try {
            return books.channels();
        } catch (LedgerException e) {
            throw refused(e);
        }
    }

    @Override
    public ChannelStatus open(ChannelOpening opening)
            throws RefusedException, InterruptedException {
        EvmAddress payee = opening.payee();
        Optional<PeerId> peer = Optional.empty();
        Bytes32 offerHash = Bytes32.ZERO;
        String provider = opening.provider();
        if (provider != null) {
            Offers.Answer answer = offers.ask(provider);
            SignedOffer offer = answer.offer().orElseThrow(Funds::needsNone);
            payee = offer.offer().payee();
            channels.reachedAt(payee, provider);
            offerHash = offer.hash();
            peer = Optional.of(answer.provider());
        }
        if (payee == null) {
            throw new IllegalStateException("an opening names one of the two");
        }
        try {
            return books.status(opened(payee, peer, offerHash, opening.amount()));
        } catch (LedgerException e) {
            throw refused(e);
        }
    }

    /** Has a channel to a provider that is to be connected to. */
    @Override
    public void prepare(Multiaddr provider, Optional<TokenAmount> maxPrice)
            throws RefusedException, InterruptedException {
        Offers.Answer answer = offers.ask(provider.toString());
        if (answer.offer().isEmpty()) {
            return;
        }
        SignedOffer signed = answer.offer().orElseThrow();
        Funds.requirePrice(signed.offer(), maxPrice, access.channels().domain());
        fund(signed, answer.provider(), provider);
    }

    /** Whether a session can be paid from a channel that is there, without asking the chain. */
    public boolean isReady(Offer offer) throws RefusedException {
        Optional<Payer> present = payer;
        if (present.isEmpty()) {
            return false;
        }
        try {
            return present.orElseThrow().book().ready(offer).isPresent();
        } catch (LedgerException e) {
            throw refused(e);
        }
    }

    /**
     * Has a channel to a provider, within what the wallet allows; waits for the chain.
     *
     * @param address who may carry the order
     */
    public void fund(SignedOffer signed, PeerId provider, Multiaddr address)
            throws RefusedException, InterruptedException {
        channels.reachedAt(signed.offer().payee(), address.toString());
        Payer present = payer.orElseThrow(Funds::noWallet);
        try {
            requireFunds(present, signed.offer());
            ChannelRecord _ = present.book().channelTo(signed, provider);
        } catch (ChainException e) {
            throw ChainFailure.of(e);
        } catch (LedgerException e) {
            throw refused(e);
        } finally {
            watch.soon();
        }
    }

    /** With something left in its channel a session can begin, whatever the purse holds. */
    private void requireFunds(Payer from, Offer offer) throws RefusedException, LedgerException {
        Optional<ChannelRecord> channel = openTo(offer);
        if (channel.isEmpty() || from.book().left(channel.orElseThrow()).isZero()) {
            channels.requireFunds(from.wallet(), offer.payee(), from.book().toLock(offer));
        }
    }

    private ChannelRecord opened(
            EvmAddress payee, Optional<PeerId> peer, Bytes32 offerHash, TokenAmount amount)
            throws RefusedException, LedgerException, InterruptedException {
        EvmAddress wallet = payer.orElseThrow(Funds::noWallet).wallet();
        channels.requireFunds(wallet, payee, amount);
        try {
            return channels.open(wallet, payee, peer, offerHash, amount);
        } finally {
            watch.soon();
        }
    }

    @Override
    public ChannelStatus topUp(ChannelId channel, TokenAmount amount)
            throws RefusedException, InterruptedException {
        try {
            ChannelRecord record = found(channel);
            if (record.side() != Side.PAYER || record.status() != ChannelRecord.Status.OPEN) {
                throw Funds.notToBeFilled(channel, record.status());
            }
            channels.requireFunds(record.key(), amount);
            return books.status(channels.topUp(record, amount));
        } catch (LedgerException e) {
            throw refused(e);
        } finally {
            watch.soon();
        }
    }

    private ChannelRecord found(ChannelId id) throws RefusedException, LedgerException {
        for (Side side : Side.values()) {
            Optional<ChannelRecord> channel = ledger.channel(id, side);
            if (channel.isPresent()) {
                return channel.orElseThrow();
            }
        }
        throw Funds.noSuchChannel(id);
    }

    @Override
    public ChannelClosing close(ChannelId channel) throws RefusedException, InterruptedException {
        try {
            ChannelRecord record = channels.refreshed(found(channel));
            return switch (record.status()) {
                case OPENING, CLOSED -> throw Funds.notToBeClosed(channel, record.status());
                case CLOSING -> ended(record);
                case OPEN, AGREED ->
                        record.side() == Side.PAYEE ? asPayee(record) : asPayer(record);
            };
        } catch (RpcException e) {
            throw ChainFailure.of(e);
        } catch (LedgerException e) {
            throw refused(e);
        } finally {
            watch.soon();
        }
    }

    /** One whose closing has begun: it is finished if its time has come. */
    private ChannelClosing ended(ChannelRecord record)
            throws RefusedException, LedgerException, RpcException, InterruptedException {
        Instant at = record.closesAt().orElseThrow();
        if (record.side() == Side.PAYEE) {
            return asPayee(record);
        }
        if (at.isAfter(clock.instant())) {
            return closing(record, false, Optional.empty());
        }
        try {
            TransactionHash done = channels.finishClose(record);
            return closing(channels.refreshed(record), false, Optional.of(done));
        } catch (RefusedException e) {
            ChannelRecord now = channels.refreshed(record);
            if (now.status() != ChannelRecord.Status.CLOSED) {
                throw e;
            }
            return closing(now, false, Optional.empty()); // the upkeep was quicker
        }
    }

    private ChannelClosing asPayee(ChannelRecord record)
            throws RefusedException, LedgerException, RpcException, InterruptedException {
        TransactionHash done = channels.claimAndClose(record);
        return closing(channels.refreshed(record), true, Optional.of(done));
    }

    /** What became of an agreed end. */
    private record Tried(Optional<TransactionHash> done, String why) {}

    private ChannelClosing asPayer(ChannelRecord record)
            throws RefusedException, LedgerException, RpcException, InterruptedException {
        channels.retire(record); // no session is to begin with it any more
        String alone;
        switch (agreements.ask(record)) {
            case Agreements.Alone(String why) -> alone = why;
            case Agreements.Agreement agreement -> {
                Tried tried = inAgreement(record, agreement);
                if (tried.done().isPresent()) {
                    return closing(channels.refreshed(record), true, tried.done());
                }
                alone = tried.why();
            }
        }
        TransactionHash begun = channels.startClose(record);
        return closing(channels.refreshed(record), false, Optional.of(begun), alone);
    }

    /**
     * The tunnel has just ended, and connections to the chain with it: the first attempts may find
     * that out.
     *
     * @return not done if the chain does not take what was agreed on, or there is no gas
     */
    private Tried inAgreement(ChannelRecord record, Agreements.Agreement agreement)
            throws RefusedException, LedgerException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return new Tried(
                        Optional.of(channels.close(record, agreement.close(), agreement.byPayee())),
                        "");
            } catch (RefusedException e) {
                if (!e.problem().code().equals("chain_unreachable")) {
                    String why =
                            "what the provider agreed to does not get on the chain: "
                                    + e.problem().message();
                    LOG.warn("{}; the channel is closed alone", why);
                    return new Tried(Optional.empty(), why);
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.debug("asking the chain again", e);
            }
        }
    }

    private ChannelClosing closing(
            ChannelRecord record, boolean cooperative, Optional<TransactionHash> transaction)
            throws LedgerException {
        return closing(record, cooperative, transaction, null);
    }

    private ChannelClosing closing(
            ChannelRecord record,
            boolean cooperative,
            Optional<TransactionHash> transaction,
            @Nullable String alone)
            throws LedgerException {
        ChannelStatus now = books.status(record);
        return new ChannelClosing(
                now,
                cooperative,
                now.left(),
                record.closesAt().orElse(null),
                transaction.orElse(null),
                alone);
    }

    // ---- earnings and spending ----

    @Override
    public Earnings earnings(int days) throws RefusedException {
        try {
            return books.earnings(days)
                    .with(watch.view().facts().flatMap(this::notNamed).orElse(null));
        } catch (LedgerException e) {
            throw refused(e);
        }
    }

    @Override
    public List<Settlement> settle() throws RefusedException, InterruptedException {
        try {
            return payouts.settle();
        } catch (LedgerException e) {
            throw refused(e);
        } finally {
            watch.soon();
        }
    }

    @Override
    public Spending spending() throws RefusedException {
        try {
            return books.spending();
        } catch (LedgerException e) {
            throw refused(e);
        }
    }

    @Override
    public Spending cap(SpendingCaps caps) throws RefusedException, InterruptedException {
        setup.limits().check(caps);
        capping.lockInterruptibly();
        try {
            ChosenCaps.of(caps).write(setup.chosenCaps());
            books.cap(caps);
            LOG.info(
                    "caps of spending are now {} a session, {} a day, {} a month",
                    caps.perSession(),
                    caps.perDay(),
                    caps.perMonth());
            return books.spending();
        } catch (LedgerException e) {
            throw refused(e);
        } catch (IOException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "not_kept",
                            "the caps could not be written to the disk, and were not changed: "
                                    + e.getMessage(),
                            "free some space, or see to the data directory, and try again"),
                    e);
        } finally {
            capping.unlock();
            watch.soon();
        }
    }
}
