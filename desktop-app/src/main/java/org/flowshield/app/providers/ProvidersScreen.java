package org.flowshield.app.providers;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;

/** The market: who there is, where, for how much, and why. For the FX thread. */
public final class ProvidersScreen implements Screen {

    private final ProvidersController controller;
    private final ProvidersView view;
    private final Timeline clock;

    /**
     * @param choice shared with the screen that connects
     */
    public ProvidersScreen(Context context, Choice choice) {
        ProvidersModel model = new ProvidersModel();
        this.controller = new ProvidersController(model, context, choice);
        this.view = new ProvidersView(model, controller, context);
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
