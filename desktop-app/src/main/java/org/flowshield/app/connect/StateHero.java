package org.flowshield.app.connect;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.flowshield.app.text.Texts;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The large state: icon, colour and word; what it means for traffic; and the large button. FX
 * thread.
 */
final class StateHero {

    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BUSY = PseudoClass.getPseudoClass("busy");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    /** Longer lines are hard to read. */
    private static final double TEXT_WIDTH = 560;

    private final ConnectModel model;
    private final ConnectController controller;
    private final Texts texts;
    private final VBox root;
    private final FontIcon icon = new FontIcon(Feather.SHIELD_OFF);
    private final FontIcon trafficIcon = new FontIcon(Feather.UNLOCK);
    private final Label state = new Label();
    private final Label meaning = new Label();
    private final Label traffic = new Label("", trafficIcon);
    private final Button act = new Button();
    private final Button decline = new Button();
    private final Button another = new Button();

    StateHero(ConnectModel model, ConnectController controller, Texts texts) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        StackPane badge = new StackPane(icon);
        badge.getStyleClass().add("badge");
        state.setId("connect-state");
        state.getStyleClass().add("state");
        state.setAccessibleRole(AccessibleRole.TEXT);
        meaning.setId("connect-meaning");
        meaning.getStyleClass().add("meaning");
        meaning.setWrapText(true);
        meaning.setMaxWidth(TEXT_WIDTH);
        meaning.setMinHeight(Region.USE_PREF_SIZE);
        meaning.setTextAlignment(TextAlignment.CENTER);
        meaning.setAlignment(Pos.CENTER);
        traffic.setId("connect-traffic");
        traffic.getStyleClass().add("traffic");
        Label elapsed = new Label();
        elapsed.setId("connect-elapsed");
        elapsed.getStyleClass().add("elapsed");
        elapsed.textProperty().bind(model.elapsed());
        ConnectView.only(
                elapsed,
                Bindings.createBooleanBinding(
                        () -> model.phase().get() == Phase.CONNECTED, model.phase()));
        root = new VBox(badge, state, elapsed, meaning, traffic, actions());
        root.setAlignment(Pos.CENTER);
        root.getStyleClass().add("hero");
        model.phase().subscribe(_ -> show());
        model.provider().subscribe(_ -> show());
        model.nextAttempt().subscribe(_ -> show());
        model.offer().subscribe(_ -> show());
        model.obstacle().subscribe(_ -> show());
        model.blocked().subscribe(_ -> show());
    }

    Node root() {
        return root;
    }

    private HBox actions() {
        act.setId("connect-act");
        act.getStyleClass().addAll("large", "act");
        act.setOnAction(_ -> controller.act());
        decline.setId("connect-decline");
        decline.getStyleClass().add("large");
        decline.setOnAction(_ -> controller.decline());
        another.setId("connect-another");
        another.getStyleClass().add("large");
        another.setText(texts.of("another"));
        another.setOnAction(_ -> controller.chooseAnother());
        HBox actions = new HBox(act, decline, another);
        actions.setAlignment(Pos.CENTER);
        actions.getStyleClass().add("actions");
        return actions;
    }

    private void show() {
        Phase phase = model.phase().get();
        state.setText(texts.of("state." + phase.key()));
        meaning.setText(meaning(phase));
        icon.setIconCode(icon(phase));
        boolean good = phase == Phase.CONNECTED;
        boolean bad = phase == Phase.BLOCKING_FAILED || phase == Phase.FAILED;
        root.pseudoClassStateChanged(GOOD, good);
        root.pseudoClassStateChanged(BAD, bad);
        root.pseudoClassStateChanged(BUSY, !good && !bad && !phase.isIdle());
        showTraffic(phase);
        showActions(phase);
    }

    private String meaning(Phase phase) {
        String provider = model.provider().get();
        return switch (phase) {
            case UNKNOWN, DISCONNECTED, ASKING, HELD, DISCONNECTING, BLOCKING_FAILED ->
                    texts.of("meaning." + phase.key());
            case OFFERED -> {
                Offer offer = model.offer().get();
                yield offer == null
                        ? ""
                        : texts.of("meaning.offered", offer.provider(), offer.price());
            }
            case CONNECTING ->
                    provider.isEmpty()
                            ? texts.of("meaning.connecting")
                            : texts.of("meaning.connecting.to", provider);
            case CONNECTED -> texts.of("meaning.connected", provider);
            case RECONNECTING ->
                    model.nextAttempt().get().isEmpty()
                            ? texts.of("meaning.reconnecting", provider)
                            : texts.of(
                                    "meaning.reconnecting.in", provider, model.nextAttempt().get());
            case FAILED ->
                    texts.of(
                            model.obstacle().get() == null
                                    ? "meaning.failed"
                                    : "meaning.failed.obstacle");
        };
    }

    private static Feather icon(Phase phase) {
        return switch (phase) {
            case UNKNOWN, ASKING, CONNECTING, DISCONNECTING -> Feather.LOADER;
            case DISCONNECTED -> Feather.SHIELD_OFF;
            case OFFERED -> Feather.TAG;
            case CONNECTED -> Feather.SHIELD;
            case RECONNECTING -> Feather.REFRESH_CW;
            case HELD -> Feather.SLASH;
            case FAILED, BLOCKING_FAILED -> Feather.ALERT_TRIANGLE;
        };
    }

    /** Whether traffic is blocked is said in every state, in words. */
    private void showTraffic(Phase phase) {
        String key =
                switch (phase) {
                    case UNKNOWN, BLOCKING_FAILED -> "unknown";
                    case DISCONNECTED, FAILED -> "open";
                    case ASKING, OFFERED -> model.blocked().get() ? "blocked" : "open";
                    case CONNECTING, RECONNECTING, HELD -> "blocked";
                    case CONNECTED -> "tunnel";
                    case DISCONNECTING -> "ending";
                };
        traffic.setText(texts.of("traffic." + key));
        trafficIcon.setIconCode(
                switch (key) {
                    case "tunnel" -> Feather.LOCK;
                    case "blocked" -> Feather.SLASH;
                    case "open" -> Feather.UNLOCK;
                    default -> Feather.HELP_CIRCLE;
                });
    }

    private void showActions(Phase phase) {
        Offer offer = model.offer().get();
        String key =
                switch (phase) {
                    case UNKNOWN, DISCONNECTED, HELD -> "act.connect";
                    case FAILED -> "act.retry";
                    case ASKING, CONNECTING -> "act.cancel";
                    case OFFERED -> "act.agree";
                    case CONNECTED, RECONNECTING, BLOCKING_FAILED, DISCONNECTING ->
                            "act.disconnect";
                };
        act.setText(
                phase == Phase.OFFERED && offer != null
                        ? texts.of(key, offer.price())
                        : texts.of(key));
        act.setDisable(phase == Phase.UNKNOWN || phase == Phase.DISCONNECTING);
        boolean inviting = phase.isIdle() || phase == Phase.OFFERED || phase == Phase.UNKNOWN;
        act.getStyleClass().remove("accent");
        if (inviting) {
            act.getStyleClass().add("accent");
        }
        act.setDefaultButton(phase.isIdle());
        decline.setText(texts.of(phase == Phase.HELD ? "act.disconnect" : "decline"));
        shown(decline, phase == Phase.OFFERED || phase == Phase.HELD);
        shown(another, phase == Phase.FAILED || phase == Phase.RECONNECTING);
    }

    private static void shown(Button button, boolean shown) {
        button.setVisible(shown);
        button.setManaged(shown);
    }
}
