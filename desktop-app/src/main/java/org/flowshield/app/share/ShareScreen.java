package org.flowshield.app.share;

import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.threads.Seconds;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.transaction.TransactionModel;
import org.flowshield.app.transaction.TransactionView;
import org.flowshield.contracts.network.Network;

/** Sells this machine's bandwidth. For the FX thread. */
public final class ShareScreen implements Screen {

    private final ShareController controller;
    private final StackPane root;
    private final Seconds seconds;

    public ShareScreen(Context context, ChoicesFile choices) {
        ShareModel model = new ShareModel();
        TransactionModel signing = new TransactionModel();
        TransactionController transaction =
                new TransactionController(
                        signing, context.desks().wallet(), context.work(), context.ui());
        this.controller = new ShareController(model, context, choices, transaction);
        this.root =
                new StackPane(
                        new ShareView(model, controller, context).root(),
                        new TransactionView(
                                        signing,
                                        transaction,
                                        context.texts("transaction"),
                                        context.texts("secret"),
                                        context.format(),
                                        context.desks().network().map(Network::name).orElse(""),
                                        context.desks()
                                                .network()
                                                .map(Network::gasSymbol)
                                                .orElse(""))
                                .root());
        this.seconds = new Seconds(context.ui(), controller::tick);
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        controller.shown();
        seconds.start();
    }

    @Override
    public void hidden() {
        seconds.stop();
        controller.hidden();
    }
}
