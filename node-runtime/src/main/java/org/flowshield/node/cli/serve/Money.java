package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.flowshield.contracts.network.MalformedNetworkException;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.config.Config;
import org.flowshield.node.daemon.ChainKeyFile;
import org.flowshield.node.daemon.DataDirectory;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.flowshield.node.provider.Charge;
import org.flowshield.node.treasury.Limits;
import org.flowshield.node.treasury.NoTreasury;
import org.flowshield.node.treasury.Offers;
import org.flowshield.node.treasury.Treasury;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything in a daemon that has to do with money: network file, keys, ledger, chain; opened in
 * this order and closed in reverse. Where one of them can't be used the daemon runs without
 * payment, and says so wherever it is asked. A chain that can't be reached is no such reason.
 */
final class Money implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Money.class);

    private final Payments payments;
    private final Charge charge;
    private final Optional<Treasury> treasury;

    /** What is to be closed, the last first. */
    private final Deque<AutoCloseable> opened;

    private Money(
            Payments payments,
            Charge charge,
            Optional<Treasury> treasury,
            Deque<AutoCloseable> opened) {
        this.payments = payments;
        this.charge = charge;
        this.treasury = treasury;
        this.opened = opened;
    }

    /** Opens all that can be; never fails. */
    static Money open(
            Config config, DataDirectory data, Offers offers, SecureRandom random, Clock clock) {
        Optional<Path> file = networkFile(config, data);
        if (file.isEmpty()) {
            return new Money(
                    new NoTreasury(NoTreasury.NOT_CONFIGURED, false, offers),
                    Charge.of(config.free(), config.price(), config.payee(), false),
                    Optional.empty(),
                    new ArrayDeque<>());
        }
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Treasury treasury =
                    open(config, data, file.orElseThrow(), offers, random, clock, opened);
            return new Money(
                    treasury,
                    Charge.of(config.free(), config.price(), config.payee(), true),
                    Optional.of(treasury),
                    opened);
        } catch (RefusedException e) {
            closeAll(opened);
            return broken(config, e.problem(), offers);
        }
    }

    /** Whoever configured payment hears what is wrong with it, and nobody works for nothing. */
    private static Money broken(Config config, Problem problem, Offers offers) {
        LOG.error(
                "PAYMENT IS OFF: {}; {}. All else runs", problem.message(), problem.action());
        Charge wanted = Charge.of(config.free(), config.price(), config.payee(), true);
        return new Money(
                new NoTreasury(problem, true, offers),
                wanted instanceof Charge.Paid ? new Charge.Undecided(problem) : wanted,
                Optional.empty(),
                new ArrayDeque<>());
    }

    private static Optional<Path> networkFile(Config config, DataDirectory data) {
        return config.network()
                .map(data.path()::resolve)
                .or(() -> Optional.of(data.network()).filter(Files::exists));
    }

    private static Treasury open(
            Config config,
            DataDirectory data,
            Path file,
            Offers offers,
            SecureRandom random,
            Clock clock,
            Deque<AutoCloseable> opened)
            throws RefusedException {
        Network network = network(file);
        SigningKey signer = add(opened, key(data.signerKey(), random));
        SigningKey operator = add(opened, key(data.operatorKey(), random));
        Ledger ledger = add(opened, ledger(data.ledger(), clock));
        RpcChain chain =
                add(opened, RpcChain.of(network.chain(), network.rpcs(), RpcLimits.DEFAULT));
        Contracts contracts = Contracts.on(chain, network.contracts());
        Sender sender =
                new Sender(
                        chain,
                        TransactionSigner.of(operator),
                        SenderSettings.of(network.confirmations(), network.gasSymbol()),
                        Time.SYSTEM);
        try {
            return add(
                    opened,
                    Treasury.open(
                            setup(config, data, network),
                            new Treasury.Access(chain, contracts.channels(), sender, signer),
                            ledger,
                            offers,
                            new DirectSettling(ledger, contracts.channels(), sender),
                            _ -> Optional.empty(),
                            random,
                            clock));
        } catch (LedgerException e) {
            throw refused(e);
        } catch (IOException e) {
            throw refused(
                    "bad_caps_file",
                    "the caps of spending that were chosen can't be read: " + e.getMessage(),
                    "remove the file and set the caps again: flowshield spending set",
                    e);
        }
    }

    private static <T extends AutoCloseable> T add(Deque<AutoCloseable> opened, T part) {
        opened.push(part);
        return part;
    }

    private static Treasury.Setup setup(Config config, DataDirectory data, Network network) {
        return new Treasury.Setup(
                network,
                config.wallet(),
                config.maxPrice(),
                config.deposit(),
                new Limits(
                        limit(config.capPerSession()),
                        limit(config.capPerDay()),
                        limit(config.capPerMonth())),
                config.payee().isPresent(),
                data.path().resolve("spending.caps"));
    }

    private static Limits.Limit limit(Config.Cap cap) {
        return new Limits.Limit(cap.amount(), cap.said());
    }

    // ---- what may be wrong ----

    private static Network network(Path file) throws RefusedException {
        try {
            return NetworkFile.read(file);
        } catch (MalformedNetworkException e) {
            throw refused(
                    "bad_network_file",
                    "the network file can't be used: " + e.getMessage(),
                    "correct it and restart the daemon",
                    e);
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

    private static SigningKey key(Path file, SecureRandom random) throws RefusedException {
        try {
            return ChainKeyFile.loadOrCreate(file, random);
        } catch (IOException e) {
            throw refused(
                    "key_file_unreadable",
                    "the key file " + file + " can't be read or made: " + e.getMessage(),
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
                                        "the ledger is damaged (%s, %s): nothing is paid or earned with it, and it was left as it is"
                                                .formatted(what, where),
                                        action));
            };
        } catch (LedgerException e) {
            throw refused(e);
        }
    }

    private static RefusedException refused(LedgerException e) {
        return refused("ledger_failed", String.valueOf(e.getMessage()), e.action(), e);
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

    /** What the provider role serves for. */
    Charge charge() {
        return charge;
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
