package org.flowshield.app.secret;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Texts;

/**
 * Asks for the wallet's password where something is to be signed. For the FX thread.
 *
 * <p>Ids begin with the one it is made with: {@code ID-password} takes the focus, {@code ID-do} is
 * the button.
 */
public final class UnlockPane extends VBox {

    private final SecretField password;

    /**
     * @param texts of the part {@code secret}
     * @param busy whether it is being unlocked
     * @param unlock takes what was typed, and wipes it when that went well
     */
    public UnlockPane(
            String id, Texts texts, ReadOnlyBooleanProperty busy, Consumer<SecretBuffer> unlock) {
        password = new SecretField(id + "-password", texts.of("unlock.password"), texts);
        Runnable typed = () -> unlock.accept(password.buffer());
        password.onEnter(typed);
        Button button = Pages.accent(id + "-do", texts.of("unlock.do"), typed);
        button.disableProperty().bind(busy);
        Label opening = Pages.caption(texts.of("unlock.busy"));
        opening.visibleProperty().bind(busy);
        setId(id);
        getStyleClass().add("panel");
        getChildren()
                .setAll(
                        Pages.title(texts.of("unlock.title")),
                        Pages.caption(texts.of("unlock.text")),
                        password,
                        Pages.row(Pages.folding(opening), Pages.spring(), button));
    }

    public void focus() {
        password.focus();
    }

    /** Wipes what was typed. */
    public void clear() {
        password.clear();
    }
}
