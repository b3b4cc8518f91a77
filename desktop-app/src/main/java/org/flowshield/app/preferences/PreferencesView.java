package org.flowshield.app.preferences;

import atlantafx.base.controls.ToggleSwitch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.flowshield.app.control.FailurePane;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.logs.LogViewer;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Brightness;
import org.flowshield.app.theme.Themes;
import org.flowshield.contracts.network.Network;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.api.payment.NetworkStatus;
import org.jspecify.annotations.Nullable;

/** Draws the page. For the FX thread. */
final class PreferencesView {

    /** The service's own file, where it is installed. */
    private static final String SERVICE_FILE = "/var/lib/flowshield/flowshield.toml";

    private final PreferencesModel model;
    private final PreferencesController controller;
    private final Context context;
    private final Texts texts;
    private final Surroundings around;
    private final Region root;
    private final Label dns = Pages.caption("");
    private final Label chain = Pages.caption("");
    private final Label service = Pages.caption("");

    PreferencesView(
            PreferencesModel model,
            PreferencesController controller,
            ConnectionPanel connection,
            LogViewer logs,
            NetworkPanel ways,
            Context context,
            Surroundings around) {
        this.model = model;
        this.controller = controller;
        this.context = context;
        this.texts = context.texts("preferences");
        this.around = around;
        FailurePane failure = new FailurePane(context.language(), "preferences-failure");
        failure.failure().bind(model.failure());
        VBox page =
                new VBox(
                        Pages.heading(texts.of("title")),
                        failure,
                        appearance(),
                        behaviour(),
                        connection.root(),
                        ways.root(),
                        network(),
                        support(logs),
                        about());
        page.getStyleClass().addAll("page", "preferences");
        this.root = Pages.scrolling(page);
        root.getStylesheets().add(Themes.sheet(PreferencesView.class, "preferences.css"));
        model.daemon().subscribe(this::draw);
    }

    Region root() {
        return root;
    }

    private Node appearance() {
        ToggleGroup group = new ToggleGroup();
        HBox themes = new HBox();
        Brightness[] all = Brightness.values();
        for (int i = 0; i < all.length; i++) {
            Brightness brightness = all[i];
            ToggleButton button = new ToggleButton(texts.of("theme." + key(brightness)));
            button.setId("preferences-theme-" + key(brightness));
            button.setToggleGroup(group);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.getStyleClass()
                    .add(i == 0 ? "left-pill" : i == all.length - 1 ? "right-pill" : "center-pill");
            button.setOnAction(
                    _ -> {
                        button.setSelected(true);
                        controller.brightness(brightness);
                    });
            model.brightness().subscribe(now -> button.setSelected(now == brightness));
            themes.getChildren().add(button);
        }
        return Pages.panel(
                Pages.title(texts.of("appearance")),
                line(texts.of("theme"), texts.of("theme.help"), themes),
                line(texts.of("language"), texts.of("language.help"), languages()));
    }

    private static String key(Brightness brightness) {
        return brightness.name().toLowerCase(Locale.ROOT);
    }

    /** The system's comes first. */
    private ComboBox<Optional<Language>> languages() {
        ComboBox<Optional<Language>> box = new ComboBox<>();
        box.setValue(Optional.empty());
        box.setId("preferences-language");
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.getItems().add(Optional.empty());
        for (Language language : Language.values()) {
            box.getItems().add(Optional.of(language));
        }
        box.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(Optional<Language> language) {
                        return language.map(Language::ownName)
                                .orElseGet(() -> texts.of("language.system"));
                    }

                    @Override
                    public Optional<Language> fromString(String text) {
                        throw new UnsupportedOperationException("it is chosen, not typed");
                    }
                });
        model.language().subscribe(now -> box.setValue(Optional.ofNullable(now)));
        box.setOnAction(_ -> controller.language(box.getValue().orElse(null)));
        return box;
    }

    private Node behaviour() {
        VBox panel =
                Pages.panel(
                        Pages.title(texts.of("behaviour")),
                        toggle("notifications", model.notifications(), controller::notifications),
                        toggle("hide", model.hideBalances(), controller::hideBalances));
        if (around.autostart() != null) {
            panel.getChildren()
                    .add(1, toggle("autostart", model.autostart(), controller::autostart));
        }
        return panel;
    }

    private interface Switched {
        void to(boolean on);
    }

    private Node toggle(String key, BooleanProperty value, Switched switched) {
        ToggleSwitch toggle = new ToggleSwitch();
        toggle.setId("preferences-" + key);
        toggle.setAccessibleText(texts.of(key));
        value.subscribe(toggle::setSelected);
        toggle.selectedProperty().subscribe((_, on) -> switched.to(on));
        return line(texts.of(key), texts.of(key + ".help"), toggle);
    }

    /** What can be chosen, and beside it with what. */
    static Node line(String name, String help, Node control) {
        Label label = Pages.whole(new Label(name));
        if (control instanceof Control input) {
            label.setLabelFor(input);
        }
        VBox words = new VBox(2, label, Pages.caption(help));
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = Pages.row(words, control);
        line.getStyleClass().add("preference");
        return line;
    }

    private Node network() {
        dns.setId("preferences-dns");
        chain.setId("preferences-chain");
        service.setId("preferences-service");
        VBox panel =
                Pages.panel(
                        Pages.title(texts.of("network")),
                        fact(texts.of("service"), service),
                        fact(texts.of("dns"), dns),
                        fact(texts.of("chain"), chain));
        Optional<Network> network = context.desks().network();
        network.ifPresent(
                known ->
                        panel.getChildren()
                                .add(
                                        fact(
                                                texts.of("bootstrap"),
                                                Pages.caption(
                                                        texts.of(
                                                                "bootstrap.count",
                                                                known.bootstrap().size())))));
        panel.getChildren()
                .add(fact(texts.of("files"), Pages.caption(texts.of("files.help", SERVICE_FILE))));
        if (around.facts().network() != null) {
            panel.getChildren()
                    .add(
                            fact(
                                    texts.of("files.app"),
                                    Pages.caption(
                                            Objects.requireNonNull(around.facts().network())
                                                    .toString())));
        }
        return panel;
    }

    private static Node fact(String name, Label value) {
        Label label = new Label(name);
        label.setMinWidth(Region.USE_PREF_SIZE);
        VBox fact = new VBox(2, label, value);
        fact.getStyleClass().add("fact");
        return fact;
    }

    private void draw(DaemonState state) {
        switch (state) {
            case DaemonState.Unknown _, DaemonState.Away _ -> {
                service.setText(texts.of("service.away"));
                dns.setText(texts.of("unknown"));
                chain.setText(texts.of("unknown"));
            }
            case DaemonState.Live(NodeStatus status) -> {
                service.setText(
                        texts.of(
                                "service.live",
                                status.version(),
                                context.format().moment(status.startedAt())));
                dns.setText(dns(status.client()));
                chain.setText(chain(status.payment().network()));
            }
        }
    }

    private String dns(@Nullable ClientStatus client) {
        if (client == null || client.state() == ClientState.DISCONNECTED) {
            return texts.of("dns.off");
        }
        TunnelStatus tunnel = client.tunnel();
        if (tunnel == null) {
            return texts.of("dns.blocked");
        }
        return tunnel.dns().isEmpty()
                ? texts.of("dns.none")
                : texts.of("dns.on", String.join(", ", tunnel.dns()));
    }

    private String chain(@Nullable NetworkStatus network) {
        if (network == null) {
            return texts.of("chain.none");
        }
        String stands = texts.of("rpc." + network.rpc().name().toLowerCase(Locale.ROOT));
        Instant asOf = network.asOf();
        List<String> said = new ArrayList<>();
        said.add(texts.of("chain.named", network.name(), Long.toString(network.chainId())));
        said.add(stands);
        if (network.block() != null && asOf != null) {
            said.add(
                    texts.of(
                            "chain.block",
                            context.format().count(network.block()),
                            context.format().moment(asOf)));
        }
        return String.join(" ", said);
    }

    private Node support(LogViewer logs) {
        Button make =
                Pages.button("preferences-report", texts.of("report.make"), controller::makeReport);
        TextArea text = new TextArea();
        text.setId("preferences-report-text");
        text.setAccessibleText(texts.of("report"));
        text.setEditable(false);
        text.setWrapText(true);
        text.setPrefRowCount(14);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.getStyleClass().add("mono");
        text.textProperty().bind(model.report());
        Label saved = Pages.caption("");
        saved.setId("preferences-report-saved");
        model.saved()
                .subscribe(
                        file ->
                                saved.setText(
                                        file.isEmpty() ? "" : texts.of("report.saved", file)));
        FlowPane buttons =
                new FlowPane(
                        8,
                        8,
                        Pages.accent(
                                "preferences-report-save",
                                texts.of("report.save"),
                                () -> controller.saveReport(texts.of("report.save"))),
                        Pages.button(
                                "preferences-report-copy",
                                texts.of("report.copy"),
                                () -> controller.copy(model.report().get())),
                        Pages.button(
                                "preferences-report-close",
                                texts.of("report.close"),
                                controller::closeReport));
        VBox preview =
                Pages.folding(
                        new VBox(10, Pages.caption(texts.of("report.look")), text, buttons, saved));
        preview.setId("preferences-preview");
        preview.visibleProperty().bind(model.report().isNotEmpty());
        return Pages.panel(
                Pages.title(texts.of("support")),
                logs.root(),
                line(texts.of("report"), texts.of("report.help"), make),
                preview);
    }

    private Node about() {
        return Pages.panel(
                Pages.title(texts.of("about")),
                Pages.caption(texts.of("about.version", around.facts().version())),
                Pages.caption(texts.of("about.runtime", around.facts().runtime())),
                Pages.caption(texts.of("about.kept", around.facts().settings().toString())),
                Pages.caption(texts.of("about.works")));
    }
}
