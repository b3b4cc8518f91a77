package org.flowshield.app.wallet.send;

import java.math.BigInteger;
import java.time.Duration;
import org.flowshield.app.desk.DeskWork;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.Purpose;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.wallet.account.Amounts;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.desk.money.AddressCheck;
import org.flowshield.node.desk.money.AmountCheck;
import org.flowshield.node.desk.money.Balances;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.money.Payment;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.history.Coin;
import org.jspecify.annotations.Nullable;

/** Checks what is typed, asks what it costs, and hands it over to be signed. For the FX thread. */
final class SendController {

    /** Who types is not asked about after each key. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final SendModel model;
    private final WalletModel wallet;
    private final MoneyDesk money;
    private final TransactionController transactions;
    private final Work work;
    private final Texts texts;
    private final Amounts amounts;
    private Work.@Nullable Running asking;

    SendController(
            SendModel model,
            WalletModel wallet,
            MoneyDesk money,
            TransactionController transactions,
            Work work,
            Texts texts,
            Amounts amounts) {
        this.model = model;
        this.wallet = wallet;
        this.money = money;
        this.transactions = transactions;
        this.work = work;
        this.texts = texts;
        this.amounts = amounts;
        model.to().subscribe(_ -> look());
        model.amount().subscribe(_ -> look());
        model.coin().subscribe(_ -> look());
        wallet.balances().subscribe(_ -> look());
    }

    private void look() {
        model.receiver().set(money.checkReceiver(model.to().get()));
        model.sum().set(sum());
        Payment payment = payment();
        model.ready().set(false);
        model.fee().set(null);
        model.failure().set(null);
        stopAsking();
        if (payment != null) {
            ask(payment);
        }
    }

    private AmountCheck sum() {
        Balances balances = wallet.balances().get();
        Coin coin = model.coin().get();
        BigInteger has =
                balances == null
                        ? null
                        : switch (coin) {
                            case FLOW -> balances.flow().units();
                            case GAS -> balances.gas().units();
                        };
        Account account = wallet.account().get();
        String where = account == null ? "" : account.address().toString();
        return AmountCheck.of(model.amount().get(), coin, has, amounts.gasSymbol(), where);
    }

    private @Nullable Payment payment() {
        Account account = wallet.account().get();
        if (account != null
                && model.receiver().get() instanceof AddressCheck.Good(EvmAddress to, boolean _)
                && model.sum().get() instanceof AmountCheck.Good(BigInteger units, Coin coin)) {
            return new Payment(account.address(), to, coin, units);
        }
        return null;
    }

    private void ask(Payment payment) {
        model.asking().set(true);
        asking =
                work.start(
                        "send-fee",
                        DeskWork.job(
                                () -> {
                                    Thread.sleep(PAUSE);
                                    return money.fee(payment);
                                }),
                        fee -> {
                            model.asking().set(false);
                            model.fee().set(fee);
                            model.ready().set(true);
                        },
                        failure -> {
                            model.asking().set(false);
                            model.failure().set(failure);
                        });
    }

    private void stopAsking() {
        if (asking != null) {
            asking.cancel();
            asking = null;
        }
        model.asking().set(false);
    }

    /** All that can be sent: of the chain's coin what the fee leaves. */
    void max() {
        Account account = wallet.account().get();
        Balances balances = wallet.balances().get();
        if (account == null || balances == null) {
            return;
        }
        switch (model.coin().get()) {
            case FLOW -> model.amount().set(balances.flow().decimal());
            case GAS -> {
                EvmAddress to =
                        model.receiver().get() instanceof AddressCheck.Good(var good, var _)
                                ? good
                                : account.address();
                stopAsking();
                model.asking().set(true);
                asking =
                        work.start(
                                "send-max",
                                DeskWork.job(() -> money.mostGas(account.address(), to)),
                                most -> model.amount().set(most.decimal()),
                                failure -> {
                                    model.asking().set(false);
                                    model.failure().set(failure);
                                });
            }
        }
    }

    /** On to the page that shows all of it once more. */
    void review() {
        Payment payment = payment();
        if (payment == null || !model.ready().get()) {
            return;
        }
        String sum = amounts.exact(payment.units(), payment.coin());
        transactions.start(
                new Purpose(
                        texts.of("send.confirm.title"),
                        texts.of("send.confirm.button", sum),
                        texts.of("send.confirm.next"),
                        sum),
                conversation -> money.send(payment, conversation),
                ending -> {
                    if (ending.isGood()) {
                        model.to().set("");
                        model.amount().set("");
                    }
                });
    }
}
