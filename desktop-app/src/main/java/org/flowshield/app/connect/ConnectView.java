package org.flowshield.app.connect;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.ClientState;

/** Draws the screen. For the FX thread. */
final class ConnectView {

    private final VBox root;

    ConnectView(ConnectModel model, ConnectController controller, Texts texts) {
        Label state = new Label();
        state.setId("connect-state");
        state.getStyleClass().add("figure");
        Label provider = new Label();
        provider.textProperty().bind(model.provider());
        Button toggle = new Button();
        toggle.setId("connect-toggle");
        toggle.getStyleClass().add("accent");
        toggle.setDefaultButton(true);
        toggle.setOnAction(_ -> controller.toggle());
        Label failure = new Label();
        failure.setId("connect-failure");
        failure.setWrapText(true);
        model.failure()
                .subscribe(why -> failure.setText(why == null ? "" : why.problem().message()));
        model.state()
                .subscribe(
                        now -> {
                            state.setText(texts.of("state." + key(now)));
                            toggle.setText(
                                    texts.of(
                                            now == ClientState.DISCONNECTED
                                                    ? "connect"
                                                    : "disconnect"));
                        });
        root = new VBox(state, provider, toggle, failure);
        root.getStyleClass().add("page");
        root.setAlignment(Pos.CENTER);
    }

    private static String key(ClientState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    Region root() {
        return root;
    }
}
