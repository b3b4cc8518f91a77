package org.flowshield.app.secret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A field for a password. JavaFX's own keeps what is typed in strings, which nothing wipes; this
 * one keeps it in a {@link SecretBuffer}, draws dots, and makes text of it only while the person
 * wants to see it. It is typed at its end; it takes what is pasted and gives nothing to the
 * clipboard. For the FX thread.
 *
 * <p>Ids: {@code ID} takes the focus, {@code ID-reveal} shows it, {@code ID-caps} warns.
 */
public final class SecretField extends VBox {

    private static final char DOT = '•';

    private final SecretBuffer buffer = new SecretBuffer();
    private final HBox input = new HBox();
    private final Label shown = new Label();
    private final ToggleButton reveal = new ToggleButton();
    private final Label caps;
    private final List<Runnable> listeners = new ArrayList<>();
    private Runnable entered = () -> {};

    /**
     * @param id of what takes the focus
     * @param name what the field is called
     * @param texts of the part {@code secret}
     */
    public SecretField(String id, String name, Texts texts) {
        Label label = new Label(name);
        label.setLabelFor(input);
        input.setId(id);
        input.setFocusTraversable(true);
        input.setAccessibleRole(AccessibleRole.PASSWORD_FIELD);
        input.setAccessibleText(name);
        input.getStyleClass().add("secret-input");
        input.setAlignment(Pos.CENTER_LEFT);
        shown.getStyleClass().add("secret-text");
        shown.setMinWidth(0);
        Region caret = new Region();
        caret.getStyleClass().add("secret-caret");
        caret.visibleProperty().bind(input.focusedProperty());
        input.getChildren().addAll(shown, caret);
        var _ = Pages.icon(reveal, id + "-reveal", Feather.EYE, texts.of("reveal"));
        reveal.selectedProperty()
                .subscribe(
                        open -> {
                            reveal.setGraphic(new FontIcon(open ? Feather.EYE_OFF : Feather.EYE));
                            Pages.name(reveal, texts.of(open ? "hide" : "reveal"));
                            draw();
                        });
        caps = Pages.folding(new Label(texts.of("caps"), new FontIcon(Feather.ALERT_TRIANGLE)));
        caps.setId(id + "-caps");
        caps.getStyleClass().add("warning-text");
        caps.setVisible(false);
        HBox line = new HBox(6, input, reveal);
        line.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(input, Priority.ALWAYS);
        setSpacing(6);
        getStylesheets().add(Themes.sheet(SecretField.class, "secret.css"));
        getChildren().setAll(label, line, caps);
        input.setOnMouseClicked(_ -> input.requestFocus());
        input.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        input.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        input.focusedProperty().subscribe(_ -> lookAtCaps());
    }

    /** What was typed; it belongs to the field, which wipes it on {@link #clear}. */
    public SecretBuffer buffer() {
        return buffer;
    }

    /** Called after each change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Called when Enter is pressed in it. */
    public void onEnter(Runnable action) {
        entered = action;
    }

    /** Puts the focus there. */
    public void focus() {
        input.requestFocus();
    }

    /** Wipes it and shows dots again. */
    public void clear() {
        buffer.clear();
        reveal.setSelected(false);
        changed();
    }

    private void typed(KeyEvent event) {
        if (event.isShortcutDown() || (event.isAltDown() && !event.isControlDown())) {
            return;
        }
        String character = event.getCharacter();
        boolean taken = false;
        for (int i = 0; i < character.length(); i++) {
            char c = character.charAt(i);
            if (!Character.isISOControl(c)) {
                taken |= buffer.append(c);
            }
        }
        if (taken) {
            changed();
            event.consume();
        }
    }

    private void pressed(KeyEvent event) {
        lookAtCaps();
        if (event.getCode() == KeyCode.ENTER) {
            event.consume();
            entered.run();
        } else if (event.getCode() == KeyCode.BACK_SPACE) {
            if (event.isShortcutDown()) {
                buffer.clear();
            } else {
                buffer.removeLast();
            }
            changed();
            event.consume();
        } else if (event.getCode() == KeyCode.V && event.isShortcutDown()) {
            paste();
            event.consume();
        }
    }

    private void paste() {
        String text = Clipboard.getSystemClipboard().getString();
        if (text == null) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isISOControl(c)) {
                boolean _ = buffer.append(c);
            }
        }
        changed();
    }

    private void changed() {
        draw();
        listeners.forEach(Runnable::run);
    }

    private void draw() {
        char[] text = buffer.copy();
        if (!reveal.isSelected()) {
            Arrays.fill(text, DOT);
        }
        shown.setText(new String(text));
        Arrays.fill(text, '\0');
    }

    private void lookAtCaps() {
        Optional<Boolean> locked = Platform.isKeyLocked(KeyCode.CAPS);
        caps.setVisible(input.isFocused() && locked.orElse(false));
    }
}
