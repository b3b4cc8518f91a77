package org.flowshield.app.wallet.payments;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.desk.DeskWork;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.Purpose;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.money.Payment;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.history.Coin;
import org.jspecify.annotations.Nullable;

/** Fills and empties the purse, sets limits, opens and closes channels. For the FX thread. */
final class PaymentsController {

    /**
     * The dearest of them, a first deposit with its permit, takes 136,410 (contracts/snapshots).
     */
    private static final long MOST_UNITS = 250_000;

    private final PaymentsModel model;
    private final WalletModel wallet;
    private final MoneyDesk money;
    private final Daemon daemon;
    private final TransactionController transactions;
    private final Work work;
    private final Ui ui;
    private final Texts texts;
    private final Format format;
    private final InstantSource clock;
    private Daemon.@Nullable Watch watch;

    PaymentsController(
            PaymentsModel model,
            WalletModel wallet,
            MoneyDesk money,
            Daemon daemon,
            TransactionController transactions,
            Work work,
            Ui ui,
            Texts texts,
            Format format,
            InstantSource clock) {
        this.model = model;
        this.wallet = wallet;
        this.money = money;
        this.daemon = daemon;
        this.transactions = transactions;
        this.work = work;
        this.ui = ui;
        this.texts = texts;
        this.format = format;
        this.clock = clock;
    }

    void shown() {
        if (watch == null) {
            watch = daemon.watch(state -> ui.run(() -> heard(state)));
        }
        load();
    }

    void hidden() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    private void heard(DaemonState state) {
        EvmAddress before = signer();
        switch (state) {
            case DaemonState.Live(var status) -> {
                model.status().set(status.payment());
                model.spending().set(status.payment().spending());
            }
            case DaemonState.Away _, DaemonState.Unknown _ -> {
                model.status().set(null);
                model.spending().set(null);
            }
        }
        EvmAddress now = signer();
        if (now != null && !now.equals(before)) {
            load();
        }
    }

    /** Who pays for this computer's service; null while that is not known. */
    private @Nullable EvmAddress signer() {
        PaymentStatus status = model.status().get();
        return status == null ? null : status.signer();
    }

    /** Asks chain and service anew. */
    void load() {
        Account account = wallet.account().get();
        if (account == null) {
            return;
        }
        EvmAddress signer = signer();
        Work.Running _ =
                work.start(
                        "purse",
                        DeskWork.job(() -> money.purse(account.address(), signer)),
                        purse -> model.purse().set(purse),
                        failure -> model.failure().set(failure));
        if (signer != null) {
            Work.Running _ =
                    work.start(
                            "channels",
                            daemon::channels,
                            this::show,
                            failure -> model.failure().set(failure));
        }
    }

    private void show(List<ChannelStatus> all) {
        model.channels()
                .set(
                        all.stream()
                                .filter(
                                        channel ->
                                                channel.side() == ChannelStatus.Side.PAYER
                                                        && channel.state()
                                                                != ChannelStatus.State.CLOSED)
                                .toList());
    }

    /**
     * Fills the purse and lets this computer's service pay from it, in one plan that is agreed to
     * once.
     *
     * @param amount in the purse, and the most that the service locks in channels
     * @param perProvider the most to each provider
     * @param days for which the service may
     */
    void fund(TokenAmount amount, TokenAmount perProvider, int days) {
        EvmAddress signer = signer();
        Account account = wallet.account().get();
        if (signer == null || account == null) {
            return;
        }
        Caps caps =
                new Caps(
                        amount,
                        perProvider,
                        clock.instant()
                                .plus(Duration.ofDays(days))
                                .truncatedTo(ChronoUnit.SECONDS));
        withCeiling(
                account,
                most ->
                        transactions.start(
                                new Purpose(
                                        texts.of("fund.title"),
                                        texts.of("fund.button", format.exact(amount)),
                                        texts.of("fund.next"),
                                        format.exact(amount)),
                                most,
                                conversation ->
                                        money.fund(
                                                account.address(),
                                                amount,
                                                signer,
                                                caps,
                                                conversation),
                                ending -> funded(account, ending)));
    }

    /** A service that may pay from a purse is told whose it is. */
    private void funded(Account account, Ending ending) {
        PaymentStatus status = model.status().get();
        if (!ending.isGood() || status == null || account.address().equals(status.wallet())) {
            load();
            return;
        }
        run("pay-from", () -> daemon.payFrom(account.address()), _ -> load());
    }

    /** Puts money into the purse, rights stay as they are. */
    void deposit(TokenAmount amount) {
        Account account = wallet.account().get();
        if (account == null) {
            return;
        }
        withCeiling(
                account,
                most ->
                        transactions.start(
                                new Purpose(
                                        texts.of("deposit.title"),
                                        texts.of("deposit.button", format.exact(amount)),
                                        texts.of("deposit.next"),
                                        format.exact(amount)),
                                most,
                                conversation ->
                                        money.deposit(account.address(), amount, conversation),
                                _ -> load()));
    }

    /** What each transaction may cost at the most, at twice the price of gas now. */
    private void withCeiling(Account account, Consumer<Wei> then) {
        Payment smallest =
                new Payment(
                        account.address(), account.address(), Coin.GAS, java.math.BigInteger.ONE);
        run("fee", DeskWork.job(() -> money.fee(smallest)), fee -> then.accept(ceiling(fee)));
    }

    private static Wei ceiling(GasFee fee) {
        return new Wei(fee.price().units().multiply(java.math.BigInteger.valueOf(2 * MOST_UNITS)));
    }

    void withdraw(TokenAmount amount) {
        Account account = wallet.account().get();
        if (account == null) {
            return;
        }
        transactions.start(
                new Purpose(
                        texts.of("withdraw.title"),
                        texts.of("withdraw.button", format.exact(amount)),
                        texts.of("withdraw.next"),
                        null),
                conversation ->
                        money.withdraw(account.address(), account.address(), amount, conversation),
                _ -> load());
    }

    /** The service can open no more channels. */
    void revoke() {
        EvmAddress signer = signer();
        Account account = wallet.account().get();
        if (signer == null || account == null) {
            return;
        }
        transactions.start(
                new Purpose(
                        texts.of("revoke.title"),
                        texts.of("revoke.button"),
                        texts.of("revoke.next"),
                        null),
                conversation -> money.revoke(account.address(), signer, conversation),
                _ -> load());
    }

    void limit(SpendingCaps caps) {
        run(
                "caps",
                () -> daemon.cap(caps),
                spending -> {
                    model.spending().set(spending);
                    model.said().set(texts.of("caps.saved"));
                });
    }

    /**
     * Locks money for a provider.
     *
     * @param provider its multiaddr, or a payee's address
     */
    void open(String provider, TokenAmount amount) {
        run(
                "channel-open",
                () -> daemon.open(opening(provider.strip(), amount)),
                opened -> {
                    model.said().set(texts.of("channel.opened", format.exact(opened.deposit())));
                    load();
                });
    }

    private static ChannelOpening opening(String provider, TokenAmount amount) {
        try {
            return new ChannelOpening(null, EvmAddress.parse(provider), amount);
        } catch (MalformedAddressException e) {
            return new ChannelOpening(provider, null, amount); // the service says what is wrong
        }
    }

    void topUp(ChannelStatus channel, TokenAmount amount) {
        run(
                "channel-top-up",
                () -> daemon.topUp(channel.id(), amount),
                filled -> {
                    model.said().set(texts.of("channel.filled", format.exact(filled.deposit())));
                    load();
                });
    }

    void close(ChannelStatus channel) {
        run(
                "channel-close",
                () -> daemon.close(channel.id()),
                closing -> {
                    String refund = format.exact(closing.refund());
                    model.said()
                            .set(
                                    closing.refundAt() == null
                                            ? texts.of("channel.closed", refund)
                                            : texts.of(
                                                    "channel.closing",
                                                    refund,
                                                    format.moment(closing.refundAt())));
                    load();
                });
    }

    private <T> void run(String name, Work.Job<T> job, Consumer<T> then) {
        if (model.busy().get()) {
            return;
        }
        model.busy().set(true);
        model.failure().set(null);
        model.said().set("");
        Work.Running _ =
                work.start(
                        name,
                        job,
                        result -> {
                            model.busy().set(false);
                            then.accept(result);
                        },
                        failure -> {
                            model.busy().set(false);
                            model.failure().set(failure);
                        });
    }
}
