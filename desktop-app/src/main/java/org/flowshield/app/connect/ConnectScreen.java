package org.flowshield.app.connect;

import javafx.scene.layout.Region;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;

/** Connects the machine, and says how it stands. For the FX thread. */
public final class ConnectScreen implements Screen {

    private final ConnectController controller;
    private final ConnectView view;

    public ConnectScreen(Context context) {
        ConnectModel model = new ConnectModel();
        this.controller =
                new ConnectController(model, context.daemon(), context.work(), context.ui());
        this.view = new ConnectView(model, controller, context.texts("connect"));
    }

    @Override
    public Region root() {
        return view.root();
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
