package org.flowshield.app.connect;

import atlantafx.base.controls.Message;
import atlantafx.base.theme.Styles;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.control.FailurePane;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.Problem;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Why something did not work: what happened, what to do, and who else was tried. FX thread. */
final class FailurePanel {

    private final ConnectModel model;
    private final ConnectController controller;
    private final Texts texts;
    private final VBox root = new VBox();

    FailurePanel(ConnectModel model, ConnectController controller, Texts texts) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        root.setId("connect-trouble");
        root.getStyleClass().add("trouble");
        model.failure().subscribe(_ -> show());
        model.obstacle().subscribe(_ -> show());
        model.trouble().subscribe(_ -> show());
        model.phase().subscribe(_ -> show());
        model.tried().addListener((ListChangeListener<Tried>) _ -> show());
        ConnectView.only(root, Bindings.isNotEmpty(root.getChildren()));
    }

    Node root() {
        return root;
    }

    private void show() {
        root.getChildren().clear();
        Phase phase = model.phase().get();
        if (phase == Phase.ASKING || phase == Phase.OFFERED || phase == Phase.UNKNOWN) {
            return;
        }
        Obstacle obstacle = model.obstacle().get();
        Failure failure = failed();
        if (obstacle != null) {
            root.getChildren().add(obstacle(obstacle));
        } else if (failure != null) {
            root.getChildren().add(message(failure));
        }
        if (!model.tried().isEmpty() && phase != Phase.DISCONNECTED) {
            root.getChildren().add(tried());
        }
    }

    private @Nullable Failure failed() {
        Failure failure = model.failure().get();
        Problem trouble = model.trouble().get();
        if (failure != null || trouble == null) {
            return failure;
        }
        return new Failure(Failure.Kind.REFUSED, trouble);
    }

    private Node obstacle(Obstacle obstacle) {
        Message message =
                new Message(
                        texts.of(obstacle.key()),
                        texts.of(obstacle.key() + ".remedy"),
                        new FontIcon(Feather.CREDIT_CARD));
        message.setId("connect-obstacle");
        message.setAccessibleText(texts.of(obstacle.key()));
        message.getStyleClass().add(Styles.WARNING);
        if (!obstacle.isForWallet()) {
            return message;
        }
        Button wallet = new Button(texts.of("wallet"), new FontIcon(Feather.CREDIT_CARD));
        wallet.setId("connect-wallet");
        wallet.setOnAction(_ -> controller.openWallet());
        return new VBox(10, message, wallet);
    }

    private Node message(Failure failure) {
        FailurePane pane = new FailurePane(texts.language(), "connect-failure");
        pane.failure().set(failure);
        return pane;
    }

    private Node tried() {
        Label heading = new Label(texts.of("tried"));
        heading.getStyleClass().add("title");
        VBox panel = new VBox(heading);
        panel.setId("connect-tried");
        panel.getStyleClass().add("panel");
        for (Tried tried : model.tried()) {
            Label provider = new Label(tried.provider(), new FontIcon(Feather.X_CIRCLE));
            Label reason = new Label(tried.reason());
            reason.getStyleClass().add("caption");
            reason.setWrapText(true);
            reason.setMinHeight(Region.USE_PREF_SIZE);
            panel.getChildren().add(new VBox(2, provider, reason));
        }
        return panel;
    }
}
