package org.flowshield.app.connect;

import javafx.scene.layout.Region;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.threads.Seconds;

/** Connects the machine, and says how it stands. For the FX thread. */
public final class ConnectScreen implements Screen {

    private final ConnectController controller;
    private final ConnectView view;
    private final Seconds seconds;

    /**
     * @param choice shared with the screen that providers are chosen on
     */
    public ConnectScreen(Context context, Choice choice) {
        ConnectModel model = new ConnectModel();
        Throughput throughput = new Throughput();
        this.controller = new ConnectController(model, context, choice, throughput);
        this.view =
                new ConnectView(
                        model, controller, context.texts("connect"), throughput, context.format());
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
