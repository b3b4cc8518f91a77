package org.flowshield.app.wallet;

import java.util.Map;
import javafx.scene.layout.Region;
import org.flowshield.app.desk.Desks;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.system.FilePicker;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.text.Texts;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.transaction.TransactionModel;
import org.flowshield.app.transaction.TransactionView;
import org.flowshield.app.wallet.WalletView.Part;
import org.flowshield.app.wallet.account.Amounts;
import org.flowshield.app.wallet.account.WalletController;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.app.wallet.history.HistoryPane;
import org.flowshield.app.wallet.payments.PaymentsPane;
import org.flowshield.app.wallet.receive.ReceivePane;
import org.flowshield.app.wallet.security.SecurityPane;
import org.flowshield.app.wallet.send.SendPane;
import org.flowshield.contracts.network.Network;

/** The wallet: what there is, and the pages on which it is moved. For the FX thread. */
public final class WalletScreen implements Screen {

    /** Of chains that no network file describes. */
    private static final String USUAL_GAS = "ETH";

    private final WalletController controller;
    private final TransactionController transactions;
    private final WalletView view;

    /**
     * @param create leads to a first wallet
     */
    public WalletScreen(
            Context context, FilePicker files, SystemClipboard clipboard, Runnable create) {
        Desks desks = context.desks();
        Texts texts = context.texts("wallet");
        Texts secret = context.texts("secret");
        String symbol = desks.network().map(Network::gasSymbol).orElse(USUAL_GAS);
        String network = desks.network().map(Network::name).orElse(texts.of("network.none"));
        Amounts amounts = new Amounts(context.format(), symbol);
        WalletModel model = new WalletModel();
        this.controller =
                new WalletController(
                        model,
                        desks.wallet(),
                        desks.money(),
                        context.settings(),
                        context.work(),
                        context.ui());
        TransactionModel transaction = new TransactionModel();
        this.transactions =
                new TransactionController(
                        transaction, desks.wallet(), context.work(), context.ui());
        TransactionView signing =
                new TransactionView(
                        transaction,
                        transactions,
                        context.texts("transaction"),
                        secret,
                        context.format(),
                        network,
                        symbol);
        ReceivePane receive = new ReceivePane(model, clipboard, texts, network);
        SendPane send =
                new SendPane(model, desks.money(), transactions, context.work(), texts, amounts);
        HistoryPane history =
                new HistoryPane(
                        model,
                        desks.money(),
                        transactions,
                        files,
                        context.work(),
                        texts,
                        context.format(),
                        amounts);
        PaymentsPane payments =
                new PaymentsPane(
                        model,
                        desks.money(),
                        context.daemon(),
                        transactions,
                        context.work(),
                        context.ui(),
                        texts,
                        context.format(),
                        amounts,
                        context.clock());
        SecurityPane security =
                new SecurityPane(model, controller, desks.wallet(), context.work(), texts, secret);
        this.view =
                new WalletView(
                        model,
                        controller,
                        texts,
                        secret,
                        context.format(),
                        amounts,
                        Map.of(
                                Part.RECEIVE, receive,
                                Part.SEND, send,
                                Part.HISTORY, history,
                                Part.PAYMENTS, payments,
                                Part.SECURITY, security),
                        new WalletView.Listener() {
                            @Override
                            public void came(Part part) {
                                switch (part) {
                                    case HISTORY -> history.load();
                                    case PAYMENTS -> payments.shown();
                                    case RECEIVE, SEND, SECURITY -> {}
                                }
                            }

                            @Override
                            public void went(Part part) {
                                switch (part) {
                                    case PAYMENTS -> payments.hidden();
                                    case SECURITY -> security.hidden();
                                    case RECEIVE, SEND, HISTORY -> {}
                                }
                            }
                        },
                        signing.root(),
                        create);
    }

    /** To the page with accounts, password and words. */
    public void toSecurity() {
        view.go(Part.SECURITY);
    }

    @Override
    public Region root() {
        return view.root();
    }

    @Override
    public void shown() {
        controller.shown();
        view.shown();
    }

    @Override
    public void hidden() {
        view.hidden();
        transactions.hidden();
        controller.hidden();
    }
}
