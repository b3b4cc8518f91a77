package org.flowshield.app.providers;

import javafx.scene.layout.Region;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.threads.Seconds;

/** The market: who there is, where, for how much, and why. For the FX thread. */
public final class ProvidersScreen implements Screen {

    private final ProvidersController controller;
    private final ProvidersView view;
    private final Seconds seconds;

    /**
     * @param choice shared with the screen that connects
     */
    public ProvidersScreen(Context context, Choice choice) {
        ProvidersModel model = new ProvidersModel();
        this.controller = new ProvidersController(model, context, choice);
        this.view = new ProvidersView(model, controller, context);
        this.seconds = new Seconds(context.ui(), controller::tick);
    }

    @Override
    public Region root() {
        return view.root();
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
