package org.flowshield.app.identity;

import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.transaction.TransactionModel;
import org.flowshield.app.transaction.TransactionView;
import org.flowshield.contracts.network.Network;

/** Who this machine's node is, and who others are. For the FX thread. */
public final class IdentityScreen implements Screen {

    private final IdentityController controller;
    private final StackPane root;

    /**
     * @param toBackup takes the person to where the wallet's words are shown
     */
    public IdentityScreen(Context context, SystemClipboard clipboard, Runnable toBackup) {
        IdentityModel model = new IdentityModel();
        TransactionModel signing = new TransactionModel();
        TransactionController transaction =
                new TransactionController(
                        signing, context.desks().wallet(), context.work(), context.ui());
        this.controller = new IdentityController(model, context, transaction, toBackup);
        this.root =
                new StackPane(
                        new IdentityView(model, controller, context, clipboard).root(),
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
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        controller.shown();
    }

    @Override
    public void hidden() {
        controller.hidden();
    }
}
