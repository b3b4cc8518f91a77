package org.flowshield.app.firstrun;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.flowshield.app.firstrun.FirstRunModel.Page;
import org.flowshield.app.firstrun.FirstRunModel.Service;
import org.flowshield.app.page.Pages;
import org.flowshield.app.secret.NewPasswordPane;
import org.flowshield.app.service.ServiceSetup;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.flowshield.node.desk.wallet.NewWords;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Draws one page of the way at a time. For the FX thread. */
final class FirstRunView {

    private static final double WIDTH = 620;

    /** Words are read down a column, as they are written on paper. */
    private static final int WORDS_IN_COLUMN = 4;

    private static final String HIDDEN = "••••••";

    private final FirstRunModel model;
    private final FirstRunController controller;
    private final ServiceSetup setup;
    private final SystemClipboard clipboard;
    private final Texts texts;
    private final Texts secret;
    private final Consumer<Language> language;
    private final VBox page = new VBox(18);
    private final StackPane root = new StackPane();

    /** What holds secrets on the page that is shown; null: nothing does. */
    private @Nullable Runnable wipe;

    FirstRunView(
            FirstRunModel model,
            FirstRunController controller,
            ServiceSetup setup,
            SystemClipboard clipboard,
            Texts texts,
            Texts secret,
            Consumer<Language> language) {
        this.model = model;
        this.controller = controller;
        this.setup = setup;
        this.clipboard = clipboard;
        this.texts = texts;
        this.secret = secret;
        this.language = language;
        page.getStyleClass().add("first-run");
        page.setMaxWidth(WIDTH);
        page.setMaxHeight(Region.USE_PREF_SIZE);
        StackPane middle = new StackPane(page);
        middle.getStyleClass().add("first-run-ground");
        root.getChildren().setAll(Pages.scrolling(middle));
        root.getStylesheets().add(Themes.sheet(FirstRunView.class, "firstrun.css"));
        root.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        controller.back();
                        event.consume();
                    }
                });
        model.page().subscribe(this::show);
        model.service()
                .subscribe(
                        _ -> {
                            if (model.page().get() == Page.SERVICE) {
                                show(Page.SERVICE);
                            }
                        });
        model.revealed()
                .subscribe(
                        _ -> {
                            if (model.page().get() == Page.WORDS) {
                                show(Page.WORDS);
                            }
                        });
        model.options()
                .subscribe(
                        options -> {
                            if (model.page().get() == Page.VERIFY && !options.isEmpty()) {
                                show(Page.VERIFY);
                            }
                        });
    }

    Region root() {
        return root;
    }

    /** Nothing secret stays on it. */
    void wipe() {
        if (wipe != null) {
            wipe.run();
            wipe = null;
        }
    }

    private void show(Page now) {
        wipe();
        page.getChildren().clear();
        if (now != Page.WELCOME && now != Page.DONE) {
            page.getChildren().add(progress(now));
        }
        switch (now) {
            case WELCOME -> welcome();
            case CHOICE -> choice();
            case WORDS -> words();
            case VERIFY -> verify();
            case RESTORE -> restore();
            case PASSWORD -> password();
            case SERVICE -> service();
            case DONE -> done();
        }
    }

    private void add(Node... nodes) {
        page.getChildren().addAll(nodes);
    }

    private static void focus(Node node) {
        Platform.runLater(node::requestFocus);
    }

    private Node progress(Page now) {
        List<String> parts = List.of("wallet", "backup", "password", "service");
        int at =
                switch (now) {
                    case WELCOME, CHOICE, RESTORE -> 0;
                    case WORDS, VERIFY -> 1;
                    case PASSWORD -> 2;
                    case SERVICE, DONE -> 3;
                };
        HBox line = new HBox(18);
        line.setAlignment(Pos.CENTER_LEFT);
        for (int i = 0; i < parts.size(); i++) {
            Label part = new Label((i + 1) + "  " + texts.of("part." + parts.get(i)));
            part.getStyleClass().add(i == at ? "way-now" : "way");
            if (i < at) {
                part.setGraphic(new FontIcon(Feather.CHECK));
            }
            line.getChildren().add(part);
        }
        line.setAccessibleText(texts.of("progress", at + 1, parts.size()));
        return line;
    }

    private void welcome() {
        FontIcon shield = new FontIcon(Feather.SHIELD);
        shield.getStyleClass().add("first-run-icon");
        ChoiceBox<Language> languages =
                new ChoiceBox<>(FXCollections.observableArrayList(Language.values()));
        languages.setId("first-run-language");
        languages.setAccessibleText(texts.of("language"));
        languages.setValue(texts.language());
        languages.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable Language shown) {
                        return shown == null ? "" : shown.ownName();
                    }

                    @Override
                    public Language fromString(String name) {
                        throw new IllegalStateException("a language is chosen, not typed");
                    }
                });
        languages
                .valueProperty()
                .subscribe(
                        chosen -> {
                            if (chosen != null && chosen != texts.language()) {
                                language.accept(chosen);
                            }
                        });
        Button begin = next("first-run-begin", texts.of("begin"), controller::begin);
        add(
                Pages.row(shield, Pages.spring(), languages),
                heading(texts.of("welcome.title")),
                Pages.paragraph(texts.of("welcome.text")),
                point(Feather.LOCK, "welcome.private"),
                point(Feather.CREDIT_CARD, "welcome.pay"),
                point(Feather.SERVER, "welcome.service"),
                failure(),
                Pages.row(Pages.caption(texts.of("welcome.time")), Pages.spring(), begin));
        focus(begin);
    }

    private Node point(Ikon icon, String key) {
        FontIcon picture = new FontIcon(icon);
        picture.getStyleClass().add("point-icon");
        VBox said =
                new VBox(
                        2,
                        Pages.title(texts.of(key + ".title")),
                        Pages.caption(texts.of(key + ".text")));
        HBox row = new HBox(16, picture, said);
        HBox.setHgrow(said, javafx.scene.layout.Priority.ALWAYS);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private static Label heading(String text) {
        Label heading = Pages.heading(text);
        heading.setId("first-run-title");
        return heading;
    }

    private void choice() {
        Button create =
                big("first-run-create", Feather.PLUS_CIRCLE, "choice.create", controller::create);
        Button restore =
                big("first-run-restore", Feather.ROTATE_CCW, "choice.restore", controller::restore);
        Button later = Pages.button("first-run-later", texts.of("choice.later"), controller::later);
        later.getStyleClass().add("flat");
        add(
                heading(texts.of("choice.title")),
                Pages.paragraph(texts.of("choice.text")),
                create,
                restore,
                failure(),
                Pages.row(back(), Pages.spring(), later));
        focus(create);
    }

    private Button big(String id, Ikon icon, String key, Runnable action) {
        FontIcon picture = new FontIcon(icon);
        picture.getStyleClass().add("point-icon");
        VBox said =
                new VBox(
                        2,
                        Pages.title(texts.of(key + ".title")),
                        Pages.caption(texts.of(key + ".text")));
        said.setMaxWidth(WIDTH - 150);
        HBox row = new HBox(16, picture, said);
        row.setAlignment(Pos.CENTER_LEFT);
        Button button = new Button();
        button.setId(id);
        button.setGraphic(row);
        button.setAccessibleText(
                String.join(". ", texts.of(key + ".title"), texts.of(key + ".text")));
        button.getStyleClass().add("big-choice");
        button.setMaxWidth(Double.MAX_VALUE);
        button.disableProperty().bind(model.busy());
        button.setOnAction(_ -> action.run());
        return button;
    }

    private void words() {
        NewWords words = model.words().get();
        if (words == null) {
            return;
        }
        boolean seen = model.revealed().get();
        GridPane grid = new GridPane(28, 12);
        grid.setId("words");
        grid.getStyleClass().add("words");
        for (int place = 1; place <= words.words().count(); place++) {
            Label number = new Label(place + ".");
            number.getStyleClass().add("word-number");
            Label said = new Label(seen ? word(words, place) : HIDDEN);
            said.setId("word-" + place);
            said.getStyleClass().add("word");
            HBox cell = new HBox(8, number, said);
            cell.setAlignment(Pos.CENTER_LEFT);
            grid.add(cell, (place - 1) / WORDS_IN_COLUMN, (place - 1) % WORDS_IN_COLUMN);
        }
        wipe = () -> grid.getChildren().clear();
        Button reveal = Pages.button("words-reveal", texts.of("words.reveal"), controller::reveal);
        reveal.setGraphic(new FontIcon(Feather.EYE));
        reveal.setVisible(!seen);
        StackPane covered = new StackPane(grid, reveal);
        covered.getStyleClass().add("panel");
        Button onward = next("words-written", texts.of("words.written"), controller::written);
        onward.setDisable(!seen);
        add(heading(texts.of("words.title")));
        if (model.wrong().get()) {
            add(note(Feather.ALERT_TRIANGLE, texts.of("words.wrong"), "words-wrong"));
        }
        add(
                Pages.paragraph(texts.of("words.text")),
                note(Feather.ALERT_TRIANGLE, texts.of("words.warning"), "words-warning"),
                covered,
                Pages.row(back(), Pages.spring(), onward));
        focus(seen ? onward : reveal);
    }

    private static String word(NewWords words, int place) {
        char[] word = words.words().word(place);
        try {
            return new String(word);
        } finally {
            Arrays.fill(word, '\0');
        }
    }

    private static Node note(Ikon icon, String text, String id) {
        Label label = Pages.paragraph(text);
        label.setId(id);
        label.setGraphic(new FontIcon(icon));
        label.setGraphicTextGap(12);
        label.getStyleClass().add("note");
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    private void verify() {
        FlowPane options = new FlowPane(10, 10);
        options.setId("verify-options");
        List<String> words = model.options().get();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            Button option = new Button(word);
            option.setId("verify-" + i);
            option.getStyleClass().add("verify-option");
            option.setOnAction(_ -> controller.answer(word));
            options.getChildren().add(option);
        }
        wipe = () -> options.getChildren().clear();
        Label asked = Pages.whole(new Label(texts.of("verify.asked", model.asked().get())));
        asked.setId("verify-asked");
        asked.getStyleClass().add("figure");
        add(
                heading(texts.of("verify.title")),
                Pages.paragraph(texts.of("verify.text")),
                asked,
                options,
                Pages.caption(texts.of("verify.round", model.round().get(), NewWords.ASKED)),
                Pages.row(back()));
        if (!options.getChildren().isEmpty()) {
            focus(options.getChildren().getFirst());
        }
    }

    private void restore() {
        WordEntry entry = new WordEntry(controller, model.typed(), texts);
        wipe = entry::clear;
        Button onward =
                next(
                        "restore-next",
                        texts.of("next"),
                        () -> controller.restoreWith(entry.characters()));
        onward.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () ->
                                        model.typed().get().state()
                                                != org.flowshield.node.desk.wallet.TypedWords.State
                                                        .WHOLE,
                                model.typed()));
        add(
                heading(texts.of("restore.title")),
                Pages.paragraph(texts.of("restore.text")),
                entry,
                Pages.row(back(), Pages.spring(), onward));
        Platform.runLater(entry::focus);
    }

    private void password() {
        NewPasswordPane passwords =
                new NewPasswordPane("password", texts.of("password.field"), secret);
        wipe = passwords::clear;
        Runnable go =
                () -> {
                    if (passwords.usable().get()) {
                        controller.protect(passwords.buffer());
                    }
                };
        Button onward = Pages.accent("password-next", texts.of("password.next"), go);
        onward.disableProperty().bind(Bindings.or(passwords.usable().not(), model.busy()));
        passwords.onEnter(go);
        passwords.disableProperty().bind(model.busy());
        add(
                heading(texts.of("password.title")),
                Pages.paragraph(texts.of("password.text")),
                passwords,
                busy(texts.of("password.busy")),
                failure(),
                Pages.row(back(), Pages.spring(), onward));
        Platform.runLater(passwords::focus);
    }

    private Node busy(String text) {
        ProgressIndicator turning = new ProgressIndicator();
        turning.setMinSize(22, 22);
        turning.setMaxSize(22, 22);
        HBox row = Pages.row(turning, Pages.caption(text));
        row.visibleProperty().bind(model.busy());
        return Pages.folding(row);
    }

    private void service() {
        Service now = model.service().get();
        add(heading(texts.of("service.title")), Pages.paragraph(texts.of("service.text")));
        switch (now) {
            case LOOKING -> add(Pages.caption(texts.of("service.looking")));
            case ANSWERS -> {
                Node there =
                        note(Feather.CHECK_CIRCLE, texts.of("service.answers"), "service-state");
                there.getStyleClass().add("good");
                add(there);
            }
            case ABSENT ->
                    add(note(Feather.ALERT_TRIANGLE, texts.of("service.absent"), "service-state"));
        }
        add(
                point(Feather.CHECK, "service.does"),
                point(Feather.X, "service.never"),
                Pages.caption(texts.of("service.remove")));
        Button onward =
                next(
                        "service-next",
                        texts.of(now == Service.ANSWERS ? "next" : "service.skip"),
                        controller::onward);
        if (now == Service.ANSWERS) {
            add(Pages.row(Pages.spring(), onward));
            focus(onward);
            return;
        }
        onward.getStyleClass().remove("accent");
        onward.setDefaultButton(false);
        if (now == Service.ABSENT) {
            add(setup.canInstall() ? Pages.caption(texts.of("service.asks")) : command());
        }
        Button act =
                setup.canInstall()
                        ? Pages.accent(
                                "service-install", texts.of("service.install"), controller::install)
                        : Pages.accent(
                                "service-again", texts.of("service.again"), controller::lookAgain);
        act.disableProperty().bind(model.busy());
        add(busy(texts.of("service.busy")), failure(), Pages.row(onward, Pages.spring(), act));
        focus(act);
    }

    private Node command() {
        TextField command = new TextField(setup.command());
        command.setId("service-command");
        command.setEditable(false);
        command.getStyleClass().add("mono");
        Button copy = new Button();
        var _ = Pages.icon(copy, "service-copy", Feather.COPY, texts.of("copy"));
        copy.setOnAction(_ -> clipboard.put(setup.command()));
        VBox field = Pages.field(texts.of("service.command"), command);
        HBox.setHgrow(field, javafx.scene.layout.Priority.ALWAYS);
        HBox row = new HBox(8, field, copy);
        row.setAlignment(Pos.BOTTOM_LEFT);
        return row;
    }

    private void done() {
        FontIcon icon = new FontIcon(Feather.CHECK_CIRCLE);
        icon.getStyleClass().add("first-run-icon");
        Button finish = next("first-run-finish", texts.of("done.go"), controller::finish);
        add(
                icon,
                heading(texts.of("done.title")),
                Pages.paragraph(texts.of("done.text")),
                point(Feather.DOWNLOAD, "done.fill"),
                point(Feather.ZAP, "done.connect"),
                Pages.row(Pages.spring(), finish));
        focus(finish);
    }

    private Button next(String id, String text, Runnable action) {
        Button button = Pages.accent(id, text, action);
        button.setDefaultButton(true);
        return button;
    }

    private Button back() {
        Button back = Pages.button("first-run-back", texts.of("back"), controller::back);
        back.disableProperty().bind(model.busy());
        return back;
    }

    private Node failure() {
        return Pages.failure(texts, "first-run-failure", model.failure());
    }
}
