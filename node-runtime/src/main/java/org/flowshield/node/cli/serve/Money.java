package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.MalformedNetworkException;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.advertise.Goods;
import org.flowshield.node.api.Node;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.client.Billing;
import org.flowshield.node.config.Config;
import org.flowshield.node.config.Destination;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.controlplane.RpcSockets;
import org.flowshield.node.daemon.DataDirectory;
import org.flowshield.node.finder.Beginning;
import org.flowshield.node.finder.Finder;
import org.flowshield.node.fullnode.MarketChain;
import org.flowshield.node.fullnode.standing.ChainStandings;
import org.flowshield.node.fullnode.standing.ChainWatch;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.chain.RpcRegistry;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.network.KeptNetwork;
import org.flowshield.node.network.OwnNetwork;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.channel.SessionSigner;
import org.flowshield.node.payment.relay.RelayContracts;
import org.flowshield.node.payment.relay.RelayService;
import org.flowshield.node.payment.relay.RelaySettings;
import org.flowshield.node.payment.session.CloseService;
import org.flowshield.node.payment.session.OfferBook;
import org.flowshield.node.payment.session.PaidSessions;
import org.flowshield.node.payment.session.PayeeService;
import org.flowshield.node.payment.session.PayeeSettings;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.provider.Charge;
import org.flowshield.node.provider.ChosenOffer;
import org.flowshield.node.provider.Till;
import org.flowshield.node.role.Candidates;
import org.flowshield.node.role.Choosing;
import org.flowshield.node.role.Funding;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.flowshield.node.standby.Standbys;
import org.flowshield.node.treasury.Agreements;
import org.flowshield.node.treasury.Limits;
import org.flowshield.node.treasury.NoTreasury;
import org.flowshield.node.treasury.Offers;
import org.flowshield.node.treasury.Treasury;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything in a daemon that has to do with money: network file, keys, ledger, chain; opened in
 * this order and closed in reverse. Where one of them can't be used the daemon runs without
 * payment, and says so wherever it is asked. A chain that can't be reached is no such reason.
 */
final class Money implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Money.class);

    private static final Problem NO_NETWORK =
            new Problem(
                    "no_network",
                    "this node has no network file, so that it knows no market",
                    "get one and name it as chain.network, or connect to a provider's address");
    private static final Problem NO_CHAIN =
            new Problem(
                    "no_network",
                    "this node has no network file, so that it does not know which chain an RPC has"
                            + " to be of; nothing was changed",
                    "get one, name it as chain.network, and restart the daemon");
    private static final Problem NO_MARKET =
            new Problem(
                    "no_chain",
                    "a fullnode lists whom the chain vouches for, and no chain is configured:"
                            + " it would have nobody to tell of",
                    "set chain.network, or put the network file into the data directory, and"
                            + " restart the daemon");

    private final Payments payments;
    private final Optional<Problem> broken;
    private final Optional<Treasury> treasury;
    private final Optional<Standbys> standbys;

    /** How the client's sessions are paid for; another one when another wallet is chosen. */
    private final AtomicReference<@Nullable PaidSessions> sessions;

    private final Function<Charge.Paid, Optional<Till>> tills;
    private final Optional<ChainAccess> chain;
    private final OwnNetwork.Chain ways;
    private final Choosing choosing;
    private final MarketChain market;

    /** Ends a tunnel whose channel is closed. */
    private final AtomicReference<Runnable> disconnect;

    /** What is to be closed, the last first. */
    private final Deque<AutoCloseable> opened;

    private Money(
            Payments payments,
            Optional<Problem> broken,
            Optional<Treasury> treasury,
            Optional<Standbys> standbys,
            AtomicReference<@Nullable PaidSessions> sessions,
            Function<Charge.Paid, Optional<Till>> tills,
            Optional<ChainAccess> chain,
            OwnNetwork.Chain ways,
            Choosing choosing,
            MarketChain market,
            AtomicReference<Runnable> disconnect,
            Deque<AutoCloseable> opened) {
        this.payments = payments;
        this.broken = broken;
        this.treasury = treasury;
        this.standbys = standbys;
        this.sessions = sessions;
        this.tills = tills;
        this.chain = chain;
        this.ways = ways;
        this.choosing = choosing;
        this.market = market;
        this.disconnect = disconnect;
        this.opened = opened;
    }

    /** Of a daemon that can't pay. */
    private static Money without(
            Payments payments,
            Optional<Problem> broken,
            Problem noProviders,
            Problem noRpcs,
            Problem why) {
        return new Money(
                payments,
                broken,
                Optional.empty(),
                Optional.empty(),
                new AtomicReference<>(),
                _ -> Optional.empty(),
                Optional.empty(),
                new OwnNetwork.Chain.None(noRpcs),
                Choosing.none(noProviders),
                new MarketChain.Missing(why),
                new AtomicReference<>(() -> {}),
                new ArrayDeque<>());
    }

    /** Opens all that can be; never fails. */
    static Money open(
            Config config,
            DataDirectory data,
            KeptNetwork kept,
            PrivateKey key,
            ControlSockets control,
            SecureRandom random,
            Clock clock) {
        Names names = new Names(control, InetAddress::getAllByName);
        // A provider that somebody asks about may become the next to be dialled.
        Offers offers = new OfferDial(random, () -> PolicyRoutes.MARK, names, Vetting.NONE);
        Optional<Path> file = networkFile(config, data);
        if (file.isEmpty()) {
            return without(
                    new NoTreasury(NoTreasury.NOT_CONFIGURED, false, offers),
                    Optional.empty(),
                    NO_NETWORK,
                    NO_CHAIN,
                    NO_MARKET);
        }
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return new Opener(config, data, kept, key, control, names, random, clock, opened)
                    .open(file.orElseThrow());
        } catch (RefusedException e) {
            closeAll(opened);
            return broken(e.problem(), offers);
        }
    }

    /** Whoever configured payment hears what is wrong with it, and nobody works for nothing. */
    private static Money broken(Problem problem, Offers offers) {
        LOG.error("PAYMENT IS OFF: {}; {}. All else runs", problem.message(), problem.action());
        return without(
                new NoTreasury(problem, true, offers),
                Optional.of(problem),
                problem,
                problem,
                problem);
    }

    /**
     * A broken network file is a broken configuration: nothing starts with half of one.
     *
     * @throws RefusedException that names the file and each field that is wrong
     */
    static void requireSoundNetwork(Config config, DataDirectory data) throws RefusedException {
        Optional<Path> file = networkFile(config, data).filter(Files::exists);
        try {
            if (file.isPresent()) {
                Network _ = NetworkFile.read(file.orElseThrow());
            }
        } catch (MalformedNetworkException e) {
            throw malformed(e);
        } catch (IOException e) {
            LOG.debug("what can't be read is told of where it is used", e);
        }
    }

    private static RefusedException malformed(MalformedNetworkException e) {
        return new RefusedException(
                RefusedException.Kind.INVALID,
                new Problem(
                        "bad_network_file",
                        "the network file can't be used: " + e.getMessage(),
                        "correct it, or get it anew from where it came, and start the daemon"
                                + " again"),
                e);
    }

    static Optional<Path> networkFile(Config config, DataDirectory data) {
        return config.network()
                .map(data.path()::resolve)
                .or(() -> Optional.of(data.network()).filter(Files::exists));
    }

    /** Opens one thing after the other. */
    private record Opener(
            Config config,
            DataDirectory data,
            KeptNetwork kept,
            PrivateKey key,
            ControlSockets control,
            Names names,
            SecureRandom random,
            Clock clock,
            Deque<AutoCloseable> opened) {

        Money open(Path file) throws RefusedException {
            Network named = network(file);
            Network network = kept.over(named);
            SessionSigner signer = add(signer(data.signerKey(), random));
            SessionSigner operator = add(signer(data.operatorKey(), random));
            Ledger ledger = add(ledger(data.ledger(), clock));
            RpcSockets sockets = new RpcSockets(control, names);
            RpcChain chain =
                    add(RpcChain.of(network.chain(), network.rpcs(), RpcLimits.DEFAULT, sockets));
            Contracts contracts = Contracts.on(chain, network.contracts());
            Finder.Settings place =
                    new Finder.Settings(
                            new MarketNetwork(network.channelDomain()), config.isLocal());
            Beginning beginning =
                    Bootstraps.client(config, data, kept, names, place, random, clock);
            Registries registries =
                    Registries.open(
                            RegistryChoice.of(config.registryBy(), network),
                            network.chain(),
                            contracts.identities(),
                            () -> Shop.proofs(place, control, beginning, random, clock),
                            control,
                            names,
                            clock,
                            opened);
            ChainAccess at = new ChainAccess(network, chain, contracts, registries.cache());
            ChainStandings standings =
                    new ChainStandings(
                            new RpcRegistry(contracts.identities()),
                            contracts.providers(),
                            contracts.vault(),
                            clock);
            OpenWays ways =
                    new OpenWays(
                            named,
                            chain,
                            registries,
                            config.registryBy(),
                            sockets,
                            standings::forgetAll,
                            network.rpcs());
            Shop shop = Shop.of(at, place, control, beginning, random, clock);
            Offers offers = new OfferDial(random, () -> PolicyRoutes.MARK, names, shop.vetting());
            Sender sender =
                    new Sender(chain, transactions(operator), settings(network), Time.SYSTEM);
            Treasury.Access access =
                    new Treasury.Access(
                            chain, contracts.channels(), sender, signer, network.confirmations());
            AtomicReference<@Nullable PaidSessions> sessions = new AtomicReference<>();
            AtomicReference<Runnable> disconnect = new AtomicReference<>(() -> {});
            AtomicReference<@Nullable Treasury> self = new AtomicReference<>();
            Treasury treasury =
                    add(
                            treasury(
                                    network,
                                    ways,
                                    access,
                                    ledger,
                                    offers,
                                    new Endings(
                                            sessions,
                                            disconnect,
                                            self,
                                            new OfferDial(
                                                    random,
                                                    () -> PolicyRoutes.MARK,
                                                    names,
                                                    Vetting.NONE),
                                            signer,
                                            ledger,
                                            addresses())));
            self.set(treasury);
            treasury.sessions(shop.vetting()).map(PaidSessions::new).ifPresent(sessions::set);
            treasury.onPayer(
                    () ->
                            treasury.sessions(shop.vetting())
                                    .map(PaidSessions::new)
                                    .ifPresent(sessions::set));
            return new Money(
                    treasury,
                    Optional.empty(),
                    Optional.of(treasury),
                    Optional.of(standbys(treasury, offers, shop, treasury.mostDeposit())),
                    sessions,
                    paid -> Optional.of(till(paid, treasury, ledger, access, contracts, operator)),
                    Optional.of(at),
                    new OwnNetwork.Chain.Reached(ways),
                    shop.finder(),
                    market(chain, contracts, standings, network.confirmations()),
                    disconnect,
                    opened);
        }

        private MarketChain market(
                RpcChain chain, Contracts contracts, ChainStandings standings, int confirmations) {
            return new MarketChain.Configured(
                    new MarketNetwork(contracts.channels().domain()),
                    standings,
                    new ChainWatch(
                            () -> chain.head().number(),
                            contracts.identities(),
                            contracts.providers(),
                            confirmations));
        }

        /** Of providers that the operator has named. */
        private List<Multiaddr> addresses() {
            List<Multiaddr> addresses = new ArrayList<>(config.providers());
            config.connect().flatMap(Destination::address).ifPresent(addresses::add);
            return addresses;
        }

        private Standbys standbys(
                Treasury treasury, Offers offers, Shop shop, TokenAmount mostDeposit) {
            return add(
                    new Standbys(
                            treasury,
                            new StandbyAccounts(
                                    treasury,
                                    offers,
                                    new OfferDial(random, control::mark, names, shop.vetting())),
                            new Standbys.Settings(config.standby(), mostDeposit),
                            System::nanoTime));
        }

        private <T extends AutoCloseable> T add(T part) {
            opened.push(part);
            return part;
        }

        private static SenderSettings settings(Network network) {
            return SenderSettings.of(network.confirmations(), network.gasSymbol());
        }

        private static TransactionSigner transactions(SessionSigner operator) {
            return new TransactionSigner() {
                @Override
                public EvmAddress address() {
                    return operator.address();
                }

                @Override
                public Signature sign(Bytes32 digest) {
                    return operator.sign(digest);
                }
            };
        }

        private Till till(
                Charge.Paid paid,
                Treasury treasury,
                Ledger ledger,
                Treasury.Access access,
                Contracts contracts,
                SessionSigner operator) {
            OfferBook offerBook =
                    new OfferBook(
                            PayeeSettings.of(paid.payee(), new Price(paid.pricePerGib())),
                            treasury.chain().domain(),
                            key,
                            clock);
            PayeeService service =
                    new PayeeService(
                            offerBook, treasury.chain(), ledger, operator::sign, System::nanoTime);
            var told =
                    new org.flowshield.node.payment.session.Offers(
                            () -> Optional.of(offerBook.current()));
            List<ProtocolBinding> protocols =
                    new ArrayList<>(List.of(service, new CloseService(service), told));
            if (config.relays()) {
                protocols.add(
                        new RelayService(
                                new RelaySettings(
                                        new RelayContracts(
                                                treasury.chain().domain(),
                                                contracts.identities().address(),
                                                contracts.providers().address()),
                                        paid.payee(),
                                        config.relayFee()),
                                new RelayCarrier(
                                        access.channels().calls(),
                                        contracts.identities(),
                                        contracts.providers(),
                                        access.sender()),
                                clock,
                                System::nanoTime));
            }
            treasury.earnsFor(paid.payee());
            return new PaidTill(
                    paid.payee(),
                    service,
                    List.copyOf(protocols),
                    new Goods(new MarketNetwork(treasury.chain().domain()), offerBook, key));
        }

        private Treasury treasury(
                Network network,
                OpenWays ways,
                Treasury.Access access,
                Ledger ledger,
                Offers offers,
                Agreements agreements)
                throws RefusedException {
            try {
                return Treasury.open(
                        setup(config, data, network, ways),
                        access,
                        ledger,
                        offers,
                        agreements,
                        random,
                        clock);
            } catch (LedgerException e) {
                throw refused(e);
            } catch (IOException e) {
                throw refused(
                        "bad_chosen_file",
                        "what was chosen while the daemon ran can't be read: " + e.getMessage(),
                        "remove the file and choose again: flowshield spending set, flowshield"
                                + " share on",
                        e);
            }
        }
    }

    private static Treasury.Setup setup(
            Config config, DataDirectory data, Network network, OpenWays ways) throws IOException {
        return new Treasury.Setup(
                network,
                config.wallet(),
                config.maxPrice(),
                config.deposit(),
                new Limits(
                        limit(config.capPerSession()),
                        limit(config.capPerDay()),
                        limit(config.capPerMonth())),
                ChosenOffer.read(data.offer()).payee().or(config::payee),
                config.gasWorth(),
                ways::identities,
                data.path().resolve("spending.caps"),
                data.path().resolve("spending.wallet"));
    }

    private static Limits.Limit limit(Config.Cap cap) {
        return new Limits.Limit(cap.amount(), cap.said());
    }

    // ---- what may be wrong ----

    private static Network network(Path file) throws RefusedException {
        try {
            return NetworkFile.read(file);
        } catch (MalformedNetworkException e) {
            throw malformed(e);
        } catch (NoSuchFileException e) {
            throw refused(
                    "no_network_file",
                    "there is no network file " + file,
                    "correct chain.network, or put the file there, and restart the daemon",
                    e);
        } catch (IOException e) {
            throw refused(
                    "network_file_unreadable",
                    "the network file " + file + " can't be read: " + e.getMessage(),
                    "see the message, and restart the daemon",
                    e);
        }
    }

    private static SessionSigner signer(Path file, SecureRandom random) throws RefusedException {
        try {
            return SessionSigner.loadOrCreate(file, random);
        } catch (IOException e) {
            throw refused(
                    "key_file",
                    "the key file " + file + " can't be used: " + e.getMessage(),
                    e instanceof AccessDeniedException
                            ? "run the daemon as the owner of the file"
                            : "see the message, and restart the daemon",
                    e);
        }
    }

    private static Ledger ledger(Path folder, Clock clock) throws RefusedException {
        try {
            return switch (SqliteLedger.open(folder, clock)) {
                case Opening.Sound(Ledger ledger) -> ledger;
                case Opening.Repaired(Ledger ledger, var what) -> {
                    LOG.warn("the ledger was put right after a crash: {}", String.join("; ", what));
                    yield ledger;
                }
                case Opening.Damaged(String what, String where, String action) ->
                        throw new RefusedException(
                                RefusedException.Kind.FAILED,
                                new Problem(
                                        "ledger_damaged",
                                        "the ledger is damaged (%s, %s): nothing is paid or earned with it, and it was left as it is; providers that serve for nothing can be used, and serving for nothing goes on"
                                                .formatted(what, where),
                                        action));
            };
        } catch (LedgerException e) {
            throw refused(e);
        }
    }

    private static RefusedException refused(LedgerException e) {
        return refused(e.code(), String.valueOf(e.getMessage()), e.action(), e);
    }

    private static RefusedException refused(
            String code, String message, String action, Exception cause) {
        return new RefusedException(
                RefusedException.Kind.FAILED, new Problem(code, message, action), cause);
    }

    // ---- what others need ----

    Payments payments() {
        return payments;
    }

    /** What is wrong with payment where it was configured; empty if nothing is. */
    Optional<Problem> broken() {
        return broken;
    }

    /** The chain; empty if there is no network file, or something is wrong with payment. */
    Optional<ChainAccess> chain() {
        return chain;
    }

    /** The ways to the chain, or why there are none that could be exchanged. */
    OwnNetwork.Chain ways() {
        return ways;
    }

    /** How the client's sessions are paid for. */
    Billing billing() {
        return maxPrice -> {
            PaidSessions now = sessions.get();
            return (now == null ? Billing.NONE : now).begin(maxPrice);
        };
    }

    /** Whom the client pays now; empty: nobody. */
    Optional<NodeId> payee() {
        return Optional.ofNullable(sessions.get()).flatMap(PaidSessions::payee);
    }

    /** Ends the client's session with a provider that was revoked. */
    void revoked(NodeId provider, Instant at) {
        PaidSessions now = sessions.get();
        if (now != null) {
            now.revoked(provider, at);
        }
    }

    /** What takes a provider's money; empty where payment does not work. */
    Optional<Till> till(Charge.Paid paid) {
        return tills.apply(paid);
    }

    /** Finds whom the client goes to. */
    Choosing choosing() {
        return choosing;
    }

    /** Where a fullnode learns who is staked. */
    MarketChain market() {
        return market;
    }

    /** Sees to channels before the client connects. */
    Funding funding() {
        return treasury.<Funding>map(present -> new Fund(present, standbys.orElseThrow()))
                .orElse(Funding.NONE);
    }

    /** Standby channels are kept while there is a wallet to open them from. */
    private record Fund(Treasury treasury, Standbys standbys) implements Funding {

        @Override
        public void prepare(Multiaddr provider, Optional<TokenAmount> maxPrice)
                throws RefusedException, InterruptedException {
            treasury.prepare(provider, maxPrice);
        }

        @Override
        public Candidates candidates(List<Multiaddr> providers, Optional<TokenAmount> maxPrice) {
            Funding keeps = treasury.pays() ? standbys : treasury;
            return keeps.candidates(providers, maxPrice);
        }
    }

    /** Keeps channels to whom the client may have to go over to. */
    void follow(Node node) {
        standbys.ifPresent(
                present -> {
                    present.start(() -> Optional.ofNullable(node.status().client()));
                    Node.Subscription watching = node.watch(present::look);
                    opened.push(watching);
                });
    }

    /** Ends the client's tunnel when its channel is closed. */
    void onChannelClosed(Runnable ends) {
        disconnect.set(ends);
    }

    /** To be told of changes of how it stands. */
    void onChange(Runnable listener) {
        treasury.ifPresent(present -> present.onChange(listener));
    }

    @Override
    public void close() {
        closeAll(opened);
    }

    private static void closeAll(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.error("not everything could be closed", e);
            }
        }
    }
}
