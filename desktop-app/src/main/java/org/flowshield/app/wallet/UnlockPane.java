package org.flowshield.app.wallet;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.secret.SecretField;
import org.flowshield.app.text.Texts;
import org.flowshield.app.wallet.account.WalletController;
import org.flowshield.app.wallet.account.WalletModel;

/** Asks for the password where something is to be signed. For the FX thread. */
final class UnlockPane extends VBox {

    private final SecretField password;

    UnlockPane(WalletModel model, WalletController controller, Texts texts, Texts secret) {
        password = new SecretField("unlock-password", texts.of("unlock.password"), secret);
        Runnable unlock = () -> controller.unlock(password.buffer(), () -> {});
        password.onEnter(unlock);
        Button button = Pages.accent("unlock-do", texts.of("unlock.do"), unlock);
        button.disableProperty().bind(model.busy());
        Label busy = Pages.caption(texts.of("unlock.busy"));
        busy.visibleProperty().bind(model.busy());
        setId("unlock");
        getStyleClass().add("panel");
        getChildren()
                .setAll(
                        Pages.title(texts.of("unlock.title")),
                        Pages.caption(texts.of("unlock.text")),
                        password,
                        Pages.row(Pages.folding(busy), Pages.spring(), button));
    }

    void focus() {
        password.focus();
    }

    void clear() {
        password.clear();
    }
}
