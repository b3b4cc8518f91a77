package org.flowshield.app.identity;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.flowshield.app.account.AccountBox;
import org.flowshield.app.control.FailurePane;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.desk.identity.BoundNode;
import org.flowshield.node.desk.identity.OwnNode;
import org.flowshield.node.desk.identity.Verification;
import org.flowshield.node.identity.Roles;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Draws the page. For the FX thread. */
final class IdentityView {

    /** A machine serves; verifying is not for the app. */
    private static final List<Roles> OFFERED = List.of(Roles.PROVIDER, Roles.FULLNODE);

    private final IdentityModel model;
    private final IdentityController controller;
    private final Context context;
    private final Texts texts;
    private final SystemClipboard clipboard;
    private final VBox own = Pages.panel();
    private final VBox actions = Pages.panel();
    private final VBox others = Pages.panel();
    private final VBox results = new VBox(8);
    private final Region root;

    IdentityView(
            IdentityModel model,
            IdentityController controller,
            Context context,
            SystemClipboard clipboard) {
        this.model = model;
        this.controller = controller;
        this.context = context;
        this.texts = context.texts("identity");
        this.clipboard = clipboard;
        FailurePane failure =
                new FailurePane(context.language(), "identity-failure")
                        .with(new FailurePane.Action(texts.of("retry"), controller::load));
        failure.failure().bind(model.failure());
        Pages.folding(own);
        Pages.folding(actions);
        Pages.folding(others);
        VBox page =
                new VBox(
                        Pages.heading(texts.of("title")),
                        Pages.paragraph(texts.of("intro")),
                        failure,
                        new AccountBox(
                                        "identity-account",
                                        model.account(),
                                        context,
                                        model.account()::choose)
                                .root(),
                        own,
                        actions,
                        others,
                        revoking(),
                        checking(),
                        backup());
        page.getStyleClass().addAll("page", "identity");
        this.root = Pages.scrolling(page);
        root.getStylesheets().add(Themes.sheet(IdentityView.class, "identity.css"));
        model.own().subscribe(_ -> draw());
        model.chainAsked().subscribe(_ -> draw());
        model.failure().subscribe(_ -> draw());
        model.account().acting().subscribe(_ -> draw());
        model.checks().subscribe(this::drawChecks);
        model.verdict().subscribe(_ -> drawChecks());
    }

    Region root() {
        return root;
    }

    // ---- this machine ----

    private void draw() {
        OwnNode node = model.own().get();
        own.setVisible(node != null);
        actions.setVisible(node != null && canAct(node));
        actions.getChildren().clear();
        others.setVisible(node != null && !node.others().isEmpty());
        if (node == null) {
            return;
        }
        drawOwn(node);
        if (canAct(node)) {
            drawActions(node);
        }
        drawOthers(node);
    }

    /** What can be done is known with the registry's word; a key that waits is used first. */
    private boolean canAct(OwnNode node) {
        IdentityStatus status = node.status();
        return !status.restartNeeded() && (status.wallet() == null || model.chainAsked().get());
    }

    private void drawOwn(OwnNode node) {
        IdentityStatus status = node.status();
        GridPane grid = new GridPane(18, 10);
        int row = 0;
        line(grid, row++, "peer", id("identity-peer", status.peerId()));
        line(
                grid,
                row++,
                "wallet",
                status.wallet() == null
                        ? Pages.paragraph(texts.of("wallet.none"))
                        : mono("identity-wallet", Format.grouped(status.wallet())));
        line(grid, row++, "registry", registry(node));
        Label certificate = Pages.paragraph(certificate(status));
        certificate.setId("identity-certificate");
        line(grid, row++, "certificate", certificate);
        own.getChildren().setAll(Pages.title(texts.of("own")), grid);
        if (status.restartNeeded() || status.nextPeerId() != null) {
            Label note = Pages.paragraph(texts.of(status.restartNeeded() ? "restart" : "next_key"));
            note.setId("identity-restart");
            note.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
            note.setGraphicTextGap(10);
            own.getChildren().add(note);
        }
    }

    private void line(GridPane grid, int row, String key, Node value) {
        Label name = new Label(texts.of(key));
        name.getStyleClass().add("caption");
        name.setMinWidth(Region.USE_PREF_SIZE);
        GridPane.setHgrow(value, Priority.ALWAYS);
        GridPane.setValignment(name, javafx.geometry.VPos.TOP);
        grid.addRow(row, name, value);
    }

    private static Label mono(String id, String text) {
        Label label = Pages.paragraph(text);
        label.setId(id);
        label.getStyleClass().add("mono");
        return label;
    }

    /** Whole, for it is compared; and to be copied. */
    private Node id(String id, String peerId) {
        Label label = mono(id, peerId);
        Button copy = Pages.icon(new Button(), id + "-copy", Feather.COPY, texts.of("copy"));
        copy.setOnAction(_ -> clipboard.put(peerId));
        HBox row = Pages.row(label, copy);
        HBox.setHgrow(label, Priority.ALWAYS);
        return row;
    }

    private Label registry(OwnNode node) {
        BoundNode bound = node.bound();
        String text;
        Feather icon;
        if (!model.chainAsked().get()) {
            text = texts.of(notAsked(node));
            icon = Feather.HELP_CIRCLE;
        } else if (bound == null) {
            text = texts.of("state.none");
            icon = Feather.HELP_CIRCLE;
        } else {
            text = stands(bound);
            icon =
                    switch (bound.binding().status()) {
                        case BOUND -> Feather.CHECK_CIRCLE;
                        case NONE -> Feather.HELP_CIRCLE;
                        case REVOKED -> Feather.SLASH;
                    };
        }
        Label label = Pages.paragraph(text);
        label.setId("identity-registry");
        label.setGraphic(new FontIcon(icon));
        label.setGraphicTextGap(8);
        return label;
    }

    /** Why nothing is known of the registry. */
    private String notAsked(OwnNode node) {
        if (node.status().wallet() == null) {
            return "state.none";
        }
        return model.failure().get() == null ? "state.asking" : "state.unknown";
    }

    private String stands(BoundNode bound) {
        return switch (bound.binding().status()) {
            case BOUND ->
                    texts.of(
                            "state.bound",
                            roles(bound.binding().roles()),
                            context.format().moment(bound.binding().boundAt()));
            case NONE -> texts.of("state.none");
            case REVOKED ->
                    texts.of("state.revoked", context.format().moment(bound.binding().revokedAt()));
        };
    }

    private String roles(long bits) {
        return Roles.of(bits).stream()
                .map(role -> texts.of("role." + role.label()))
                .collect(Collectors.joining(", "));
    }

    private String certificate(IdentityStatus status) {
        Instant until = status.certificateUntil();
        return until == null
                ? texts.of("certificate.none")
                : texts.of("certificate.until", context.format().moment(until));
    }

    // ---- what can be done ----

    private void drawActions(OwnNode node) {
        actions.getChildren().setAll(Pages.title(texts.of("actions")));
        if (model.account().address() == null) {
            actions.getChildren()
                    .addAll(
                            Pages.paragraph(texts.of("no_wallet")),
                            Pages.row(
                                    Pages.button(
                                            "identity-to-wallet",
                                            texts.of("no_wallet.go"),
                                            controller::toWallet)));
            return;
        }
        BoundNode bound = node.bound();
        switch (bound == null ? BindingStatus.NONE : bound.binding().status()) {
            case NONE -> actions.getChildren().add(register());
            case BOUND -> actions.getChildren().addAll(rotate(), revoke(node.status().peerId()));
            case REVOKED -> actions.getChildren().add(rotate());
        }
    }

    private Node rotate() {
        return action(
                "rotate", Pages.button("identity-rotate", texts.of("rotate"), controller::rotate));
    }

    private Node revoke(String peerId) {
        return action("revoke", danger("identity-revoke", () -> controller.doubt(peerId)));
    }

    private Button danger(String id, Runnable run) {
        Button button = Pages.button(id, texts.of("revoke"), run);
        button.getStyleClass().addAll("danger", "button-outlined");
        return button;
    }

    private Node action(String key, Button button) {
        VBox words =
                new VBox(
                        2,
                        new Label(texts.of(key + ".title")),
                        Pages.caption(texts.of(key + ".help")));
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = Pages.row(words, button);
        row.setSpacing(18);
        return row;
    }

    private Node register() {
        Map<Roles, CheckBox> boxes = new EnumMap<>(Roles.class);
        FlowPane row = new FlowPane(18, 8);
        for (Roles role : OFFERED) {
            CheckBox box = new CheckBox(texts.of("role." + role.label()));
            box.setId("identity-role-" + role.label());
            box.setSelected(role == Roles.PROVIDER);
            boxes.put(role, box);
            row.getChildren().add(box);
        }
        Button register =
                Pages.accent(
                        "identity-register",
                        texts.of("register"),
                        () -> {
                            Set<Roles> chosen = EnumSet.noneOf(Roles.class);
                            boxes.forEach(
                                    (role, box) -> {
                                        if (box.isSelected()) {
                                            chosen.add(role);
                                        }
                                    });
                            controller.register(chosen);
                        });
        return new VBox(12, Pages.paragraph(texts.of("register.help")), row, register);
    }

    // ---- other devices ----

    private void drawOthers(OwnNode node) {
        others.getChildren()
                .setAll(Pages.title(texts.of("others")), Pages.caption(texts.of("others.help")));
        int number = 0;
        for (BoundNode other : node.others()) {
            Label id = Pages.whole(new Label(Format.brief(other.peerId())));
            id.setId("identity-other-" + number);
            id.getStyleClass().add("mono");
            Label stands = Pages.caption(stands(other));
            stands.setId("identity-stands-" + number);
            VBox words = new VBox(2, id, stands);
            HBox.setHgrow(words, Priority.ALWAYS);
            HBox row = Pages.row(words);
            if (other.binding().status() == BindingStatus.BOUND) {
                Button revoke =
                        danger("identity-revoke-" + number, () -> controller.doubt(other.peerId()));
                revoke.setAccessibleText(texts.of("revoke.node", Format.brief(other.peerId())));
                row.getChildren().add(revoke);
            }
            others.getChildren().add(row);
            number++;
        }
    }

    // ---- revoking ----

    private Node revoking() {
        Label ask = Pages.paragraph("");
        TextField typed = new TextField();
        typed.setId("identity-typed");
        typed.textProperty().bindBidirectional(model.typed());
        Button revoke = Pages.button("identity-revoke-now", texts.of("revoke"), controller::revoke);
        revoke.getStyleClass().add("danger");
        Runnable enable = () -> revoke.setDisable(!controller.isConfirmed());
        model.typed().subscribe(enable);
        VBox panel =
                Pages.folding(
                        Pages.panel(
                                Pages.title(texts.of("revoke.sure")),
                                Pages.paragraph(texts.of("revoke.means")),
                                ask,
                                Pages.field(texts.of("revoke.type"), typed),
                                Pages.row(
                                        Pages.button(
                                                "identity-keep",
                                                texts.of("revoke.keep"),
                                                controller::keep),
                                        Pages.spring(),
                                        revoke)));
        panel.setId("identity-revoking");
        panel.getStyleClass().add("revoking");
        panel.setOnKeyPressed(
                event -> {
                    if (event.getCode() == javafx.scene.input.KeyCode.ESCAPE) {
                        controller.keep();
                    }
                });
        model.revoking()
                .subscribe(
                        peerId -> {
                            panel.setVisible(!peerId.isEmpty());
                            ask.setText(
                                    peerId.isEmpty()
                                            ? ""
                                            : texts.of(
                                                    "revoke.ask",
                                                    peerId,
                                                    IdentityController.confirmation(peerId)));
                            enable.run();
                            if (!peerId.isEmpty()) {
                                javafx.application.Platform.runLater(typed::requestFocus);
                            }
                        });
        return panel;
    }

    // ---- others ----

    private Node checking() {
        TextField node = new TextField();
        node.setId("identity-node");
        node.textProperty().bindBidirectional(model.node());
        node.setPromptText(texts.of("check.prompt"));
        node.setOnAction(_ -> controller.verify());
        ComboBox<Roles> role = new ComboBox<>();
        role.setId("identity-role");
        role.getItems().setAll(OFFERED);
        role.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable Roles chosen) {
                        return chosen == null ? "" : texts.of("role." + chosen.label());
                    }

                    @Override
                    public Roles fromString(String text) {
                        throw new UnsupportedOperationException("it is chosen, not typed");
                    }
                });
        role.valueProperty().bindBidirectional(model.role());
        Button check = Pages.button("identity-check", texts.of("check"), controller::verify);
        check.disableProperty().bind(model.busy().or(model.node().isEmpty()));
        FailurePane failure = new FailurePane(context.language(), "identity-check-failure");
        failure.failure().bind(model.checkFailure());
        results.setId("identity-checks");
        HBox row = Pages.row(Pages.field(texts.of("check.role"), role), check);
        row.setAlignment(Pos.BOTTOM_LEFT);
        return Pages.panel(
                Pages.title(texts.of("check.title")),
                Pages.caption(texts.of("check.help")),
                Pages.field(texts.of("check.node"), node),
                row,
                failure,
                results);
    }

    private void drawChecks() {
        results.getChildren().clear();
        for (Verification.Check check : model.checks()) {
            String subject = check.subject().name().toLowerCase(Locale.ROOT);
            Label line =
                    Pages.paragraph(texts.of("check." + subject + (check.ok() ? ".ok" : ".bad")));
            line.setGraphic(new FontIcon(check.ok() ? Feather.CHECK : Feather.X));
            line.setGraphicTextGap(10);
            line.getStyleClass().add(check.ok() ? "sound" : "unsound");
            results.getChildren().add(line);
            if (!check.ok()) {
                results.getChildren().add(Pages.caption(check.detail()));
            }
        }
        Verification verdict = model.verdict().get();
        if (verdict != null) {
            Label said =
                    Pages.paragraph(texts.of(verdict.isSound() ? "check.sound" : "check.unsound"));
            said.setId("identity-verdict");
            said.getStyleClass().add("verdict");
            results.getChildren().add(said);
        }
    }

    // ---- backup ----

    private Node backup() {
        return Pages.panel(
                Pages.title(texts.of("backup")),
                Pages.paragraph(texts.of("backup.help")),
                Pages.row(
                        Pages.button(
                                "identity-backup", texts.of("backup.go"), controller::backUp)));
    }
}
