package org.flowshield.app.preferences;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.binding.BooleanExpression;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.api.payment.NetworkStatus.Identities;
import org.jspecify.annotations.Nullable;

/** Draws by which ways the service goes to the chain and to peers. For the FX thread. */
final class NetworkPanel {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    private final NetworkModel model;
    private final NetworkController controller;
    private final Texts texts;
    private final BooleanExpression closed;

    NetworkPanel(NetworkModel model, NetworkController controller, Texts texts) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        this.closed = model.settings().isNull().or(model.busy());
    }

    Node root() {
        Label away = Pages.folding(Pages.caption(texts.of("connection.away")));
        away.setId("preferences-ways-away");
        away.visibleProperty().bind(model.live().not());
        return Pages.panel(
                Pages.title(texts.of("ways")),
                away,
                Pages.failure(texts, "preferences-ways-failure", model.failure()),
                new Typed(
                                "rpcs",
                                model.rpcs(),
                                controller::typeRpcs,
                                controller::useRpcs,
                                controller::leaveRpcs)
                        .root(
                                this::rpcs,
                                RpcUrl.MAX_RPCS,
                                2,
                                believed(),
                                Pages.caption(texts.of("rpcs.clear"))),
                new Typed(
                                "bootstrap",
                                model.bootstrap(),
                                controller::typeBootstrap,
                                controller::useBootstrap,
                                controller::leaveBootstrap)
                        .root(this::bootstrap, BootstrapNode.MAX_NODES, 3));
    }

    /** Says what is in force. */
    @FunctionalInterface
    private interface Force {
        String of(NetworkSettings settings);
    }

    private String rpcs(NetworkSettings settings) {
        NetworkSettings.InForce now = settings.inForce();
        boolean own = !settings.rpcs().isEmpty();
        if (now.chainId() == null) {
            return texts.of(own ? "rpcs.force.later" : "rpcs.force.none");
        }
        String servers =
                now.rpcs().stream()
                        .limit(RpcUrl.MAX_RPCS)
                        .map(RpcUrl::toString)
                        .collect(Collectors.joining(", "));
        return texts.of(own ? "rpcs.force.own" : "rpcs.force.network", servers);
    }

    private Label believed() {
        Label believed = Pages.folding(Pages.caption(""));
        believed.setId("preferences-rpcs-believed");
        believed.visibleProperty().bind(believed.textProperty().isNotEmpty());
        model.settings()
                .subscribe(
                        now ->
                                believed.setText(
                                        now == null ? "" : believed(now.inForce().identities())));
        return believed;
    }

    private String believed(@Nullable Identities identities) {
        return switch (identities) {
            case null -> "";
            case RPC -> texts.of("rpcs.believed.rpc");
            case PROOFS -> texts.of("rpcs.believed.proofs");
        };
    }

    private String bootstrap(NetworkSettings settings) {
        NetworkSettings.InForce now = settings.inForce();
        String force =
                texts.of(
                        settings.bootstrap().isEmpty()
                                ? "bootstrap.force.network"
                                : "bootstrap.force.own",
                        now.bootstrap().size());
        return now.servesOnOthers() ? force + " " + texts.of("bootstrap.force.serving") : force;
    }

    /** One of the two lists. */
    private final class Typed {

        private final String key;
        private final NetworkModel.Ways ways;
        private final Consumer<String> typed;
        private final Runnable use;
        private final Runnable leave;

        Typed(
                String key,
                NetworkModel.Ways ways,
                Consumer<String> typed,
                Runnable use,
                Runnable leave) {
            this.key = key;
            this.ways = ways;
            this.typed = typed;
            this.use = use;
            this.leave = leave;
        }

        Node root(Force force, int most, int rows, Node... more) {
            TextArea area = area(rows);
            Label name = Pages.whole(new Label(texts.of(key)));
            name.setLabelFor(area);
            Label state = Pages.folding(Pages.caption(""));
            state.setId("preferences-" + key + "-state");
            state.getStyleClass().add("wrong");
            state.visibleProperty().bind(state.textProperty().isNotEmpty());
            ways.wrong()
                    .subscribe(
                            wrong -> {
                                area.pseudoClassStateChanged(WRONG, wrong != null);
                                state.setText(wrong == null ? "" : said(wrong, most));
                            });
            Label inForce = Pages.caption("");
            inForce.setId("preferences-" + key + "-force");
            model.settings()
                    .subscribe(
                            now ->
                                    inForce.setText(
                                            now == null ? texts.of("unknown") : force.of(now)));
            VBox words = new VBox(2, name, Pages.caption(texts.of(key + ".help", most)));
            VBox whole = new VBox(8, words, inForce);
            whole.getChildren().addAll(more);
            whole.getChildren().addAll(area, state, buttons());
            whole.getStyleClass().add("ways");
            return whole;
        }

        private TextArea area(int rows) {
            TextArea area = new TextArea();
            area.setId("preferences-" + key);
            area.setPromptText(texts.of(key + ".prompt"));
            area.setPrefRowCount(rows);
            area.setWrapText(true);
            area.setMinHeight(Region.USE_PREF_SIZE);
            area.disableProperty().bind(closed);
            area.addEventFilter(KeyEvent.KEY_PRESSED, event -> leaveByTab(area, event));
            ways.typed()
                    .subscribe(
                            text -> {
                                if (!text.equals(area.getText())) {
                                    area.setText(text);
                                }
                            });
            area.textProperty().subscribe((_, text) -> typed.accept(text));
            return area;
        }

        /** No address has a tab in it; it leads on, as everywhere. */
        private void leaveByTab(TextArea area, KeyEvent event) {
            if (event.getCode() == KeyCode.TAB) {
                boolean _ =
                        area.requestFocusTraversal(
                                event.isShiftDown()
                                        ? TraversalDirection.PREVIOUS
                                        : TraversalDirection.NEXT);
                event.consume();
            }
        }

        private Node buttons() {
            Button using = Pages.button("preferences-" + key + "-use", texts.of("ways.use"), use);
            using.disableProperty().bind(ways.usable().not().or(closed));
            Button leaving =
                    Pages.button("preferences-" + key + "-leave", texts.of("ways.leave"), leave);
            leaving.disableProperty().bind(ways.own().not().or(closed));
            return new FlowPane(8, 8, using, leaving);
        }

        private String said(NetworkModel.Wrong wrong, int most) {
            String reason = wrong.reason().name().toLowerCase(Locale.ROOT);
            return texts.of("ways.wrong." + reason, wrong.position(), most);
        }
    }
}
