package org.flowshield.app.connect;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;

/** Connects the machine, and says how it stands. For the FX thread. */
public final class ConnectScreen implements Screen {

    private final ConnectController controller;
    private final ConnectView view;
    private final Timeline clock;

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
        this.clock = new Timeline(new KeyFrame(Duration.seconds(1), _ -> controller.tick()));
        this.clock.setCycleCount(Animation.INDEFINITE);
    }

    @Override
    public Region root() {
        return view.root();
    }

    @Override
    public void shown() {
        controller.shown();
        clock.play();
    }

    @Override
    public void hidden() {
        clock.stop();
        controller.hidden();
    }
}
