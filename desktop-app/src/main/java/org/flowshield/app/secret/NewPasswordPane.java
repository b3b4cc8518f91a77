package org.flowshield.app.secret;

import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.flowshield.node.desk.wallet.PasswordCheck;
import org.flowshield.node.wallet.keystore.WeakPasswordException;

/**
 * A new password, typed twice, and how good it is. For the FX thread.
 *
 * <p>Ids: {@code ID} and {@code ID-again} are the fields, {@code ID-strength} and {@code ID-hint}
 * say how it is.
 */
public final class NewPasswordPane extends VBox {

    private static final PseudoClass REACHED = PseudoClass.getPseudoClass("reached");

    private final SecretField first;
    private final SecretField again;
    private final BooleanProperty usable = new SimpleBooleanProperty();
    private final Region[] segments = new Region[Strength.STRONG.segments()];
    private final Label strength = new Label();
    private final Label hint = Pages.caption("");
    private final Texts texts;

    /**
     * @param texts of the part {@code secret}
     */
    public NewPasswordPane(String id, String name, Texts texts) {
        this.texts = texts;
        first = new SecretField(id, name, texts);
        again = new SecretField(id + "-again", texts.of("again"), texts);
        strength.setId(id + "-strength");
        hint.setId(id + "-hint");
        HBox meter = new HBox(4);
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new Region();
            segments[i].getStyleClass().add("strength-segment");
            HBox.setHgrow(segments[i], Priority.ALWAYS);
            meter.getChildren().add(segments[i]);
        }
        HBox.setHgrow(meter, Priority.ALWAYS);
        meter.setAlignment(javafx.geometry.Pos.CENTER);
        strength.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = Pages.row(meter, strength);
        setSpacing(12);
        getStylesheets().add(Themes.sheet(NewPasswordPane.class, "secret.css"));
        getChildren().setAll(first, line, again, hint);
        first.onChange(this::look);
        again.onChange(this::look);
        first.onEnter(again::focus);
        look();
    }

    /** Whether it is good enough and the same twice. */
    public BooleanProperty usable() {
        return usable;
    }

    /** What was typed, for as long as the pane is not cleared. */
    public SecretBuffer buffer() {
        return first.buffer();
    }

    /** Called when Enter is pressed in the second field. */
    public void onEnter(Runnable action) {
        again.onEnter(action);
    }

    public void focus() {
        first.focus();
    }

    /** Wipes both. */
    public void clear() {
        first.clear();
        again.clear();
    }

    private void look() {
        SecretBuffer typed = first.buffer();
        PasswordCheck check = typed.check();
        Strength how = typed.strength();
        boolean same = typed.matches(again.buffer());
        usable.set(check.isStrong() && same);
        for (int i = 0; i < segments.length; i++) {
            segments[i].pseudoClassStateChanged(REACHED, i < how.segments());
        }
        strength.setText(
                typed.isEmpty()
                        ? texts.of("strength.none")
                        : texts.of("strength." + how.name().toLowerCase(Locale.ROOT)));
        hint.setText(hint(typed, check, same));
    }

    private String hint(SecretBuffer typed, PasswordCheck check, boolean same) {
        WeakPasswordException.Reason weakness = check.weakness();
        if (typed.isEmpty()) {
            return texts.of("hint.begin");
        }
        if (weakness != null) {
            return texts.of("weak." + weakness.name().toLowerCase(Locale.ROOT));
        }
        if (again.buffer().isEmpty()) {
            return texts.of("hint.again");
        }
        return texts.of(same ? "hint.same" : "hint.different");
    }
}
