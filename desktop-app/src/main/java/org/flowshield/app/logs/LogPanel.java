package org.flowshield.app.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogText;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Draws a log. It goes to the newest by itself until somebody reads in it: then it stands still.
 * For the FX thread.
 */
final class LogPanel {

    /** What can be read from, with the rights for it, when the service does not answer. */
    private static final String JOURNAL = "journalctl -u flowshieldd";

    /** More is laid out too slowly, and nobody scrolls through it; it is copied and saved. */
    static final int SHOWN_ENTRIES = 200;

    static final int SHOWN_CHARS = 32 * 1024;

    private static final int ROWS = 16;

    private final LogModel model;
    private final LogController controller;
    private final Texts texts;
    private final LogText lines;
    private final TextArea text = new TextArea();
    private final Label state = Pages.caption("");

    /** Whether somebody reads in it. */
    private final BooleanProperty held = new SimpleBooleanProperty();

    LogPanel(LogModel model, LogController controller, Texts texts, LogText lines) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        this.lines = lines;
        model.entries().subscribe(entries -> draw(entries, false));
        model.live().subscribe(_ -> say());
        model.source().subscribe(_ -> newest());
        model.level().subscribe(_ -> newest());
    }

    /**
     * What stands in the page.
     *
     * @param path of the app's own log
     */
    Node root(String path) {
        Button show = Pages.button("logs-show", texts.of("show"), controller::open);
        show.disableProperty().bind(model.open());
        VBox log =
                Pages.folding(
                        new VBox(
                                10,
                                choices(),
                                Pages.failure(texts, "logs-failure", model.failure()),
                                text(),
                                state,
                                buttons(),
                                saved(),
                                places(path)));
        log.setId("logs");
        log.visibleProperty().bind(model.open());
        return new VBox(6, line(show), log);
    }

    private Node line(Button show) {
        Label name = Pages.whole(new Label(texts.of("title")));
        name.setLabelFor(show);
        VBox words = new VBox(2, name, Pages.caption(texts.of("help")));
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = Pages.row(words, show);
        line.getStyleClass().add("preference");
        return line;
    }

    private Node choices() {
        ToggleButton service = whose(LogSource.SERVICE);
        ToggleButton app = whose(LogSource.APP);
        service.getStyleClass().add("left-pill");
        app.getStyleClass().add("right-pill");
        FlowPane choices = new FlowPane(16, 8, new HBox(service, app), levels());
        choices.setRowValignment(VPos.CENTER);
        return choices;
    }

    private ToggleButton whose(LogSource source) {
        String key = source.name().toLowerCase(Locale.ROOT);
        ToggleButton button = new ToggleButton(texts.of("source." + key));
        button.setId("logs-source-" + key);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(
                _ -> {
                    button.setSelected(true);
                    controller.choose(source);
                });
        model.source().subscribe(now -> button.setSelected(now == source));
        return button;
    }

    private Node levels() {
        ComboBox<LogLevel> box = new ComboBox<>();
        box.setId("logs-level");
        box.setAccessibleText(texts.of("level"));
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.getItems().addAll(LogLevel.values());
        box.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(LogLevel level) {
                        return level == null
                                ? ""
                                : texts.of("level." + level.name().toLowerCase(Locale.ROOT));
                    }

                    @Override
                    public LogLevel fromString(String text) {
                        throw new UnsupportedOperationException("it is chosen, not typed");
                    }
                });
        model.level().subscribe(box::setValue);
        box.setOnAction(_ -> controller.level(box.getValue()));
        Label name = new Label(texts.of("level"));
        name.setMinWidth(Region.USE_PREF_SIZE);
        name.setLabelFor(box);
        return Pages.row(name, box);
    }

    private Node text() {
        text.setId("logs-text");
        state.setId("logs-state");
        text.setAccessibleText(texts.of("text"));
        text.setEditable(false);
        text.setWrapText(true);
        text.setPrefRowCount(ROWS);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.getStyleClass().add("mono");
        text.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> held.set(true));
        text.addEventFilter(ScrollEvent.SCROLL, _ -> held.set(true));
        text.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode().isNavigationKey()) {
                        held.set(true);
                    }
                });
        return text;
    }

    private Node buttons() {
        BooleanExpression none = text.textProperty().isEmpty();
        Button newest = Pages.button("logs-newest", texts.of("newest"), this::newest);
        newest.disableProperty().bind(held.not());
        Button copy = Pages.button("logs-copy", texts.of("copy"), controller::copy);
        copy.disableProperty().bind(none);
        Button save =
                Pages.button(
                        "logs-save",
                        texts.of("save"),
                        () -> controller.save(texts.of("save.title")));
        save.disableProperty().bind(none);
        return new FlowPane(
                8,
                8,
                newest,
                copy,
                save,
                Pages.button("logs-close", texts.of("close"), controller::close));
    }

    private Node saved() {
        Label saved = Pages.folding(Pages.caption(""));
        saved.setId("logs-saved");
        saved.visibleProperty().bind(model.saved().isNotEmpty());
        model.saved()
                .subscribe(file -> saved.setText(file.isEmpty() ? "" : texts.of("saved", file)));
        return saved;
    }

    /** Where all of it is written to. */
    private Node places(String path) {
        Node service = place("journal", JOURNAL);
        Node app = place("path", path);
        service.visibleProperty().bind(model.source().isEqualTo(LogSource.SERVICE));
        app.visibleProperty().bind(model.source().isEqualTo(LogSource.APP));
        return new VBox(service, app);
    }

    private Node place(String key, String what) {
        Label name = Pages.caption(texts.of(key, what));
        name.setId("logs-" + key);
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        Button copy =
                Pages.button(
                        "logs-" + key + "-copy",
                        texts.of(key + ".copy"),
                        () -> controller.copy(what));
        copy.setGraphic(new FontIcon(Feather.COPY));
        return Pages.folding(Pages.row(name, copy));
    }

    private void newest() {
        held.set(false);
        draw(model.entries().get(), true);
    }

    /**
     * @param anew even if somebody reads
     */
    private void draw(@Nullable List<LogEntry> entries, boolean anew) {
        say();
        List<LogEntry> known = entries == null ? List.of() : entries;
        if (held.get() && !anew && !known.isEmpty()) {
            return;
        }
        String now = shown(known);
        if (!now.equals(text.getText())) {
            text.setText(now);
        }
        text.end();
        if (known.isEmpty()) {
            held.set(false);
        }
    }

    /** What fits of the newest; at least one, if there is one. */
    private String shown(List<LogEntry> entries) {
        Deque<String> shown = new ArrayDeque<>();
        int chars = 0;
        for (LogEntry entry : entries.reversed()) {
            String line = lines.of(entry);
            chars += line.length() + 1;
            boolean full = shown.size() == SHOWN_ENTRIES || chars > SHOWN_CHARS;
            if (full && !shown.isEmpty()) {
                break;
            }
            shown.addFirst(line);
        }
        return String.join("\n", shown);
    }

    /** What is to be said of it. */
    private void say() {
        List<LogEntry> entries = model.entries().get();
        if (model.source().get() == LogSource.SERVICE && !model.live().get()) {
            state.setText(texts.of(entries == null ? "away" : "away.since"));
        } else if (entries == null) {
            state.setText(texts.of("reading"));
        } else if (entries.isEmpty()) {
            state.setText(texts.of("nothing"));
        } else {
            state.setText(texts.of("count", entries.size()));
        }
    }
}
