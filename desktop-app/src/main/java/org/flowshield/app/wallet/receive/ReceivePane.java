package org.flowshield.app.wallet.receive;

import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.wallet.Account;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The page with one's own address. For the FX thread. */
public final class ReceivePane extends VBox {

    /** Digits at the end that are read out to be compared. */
    private static final int TAIL = 6;

    private final SystemClipboard clipboard;
    private final Texts texts;
    private final StackPane code = new StackPane();
    private final Label address = new Label();
    private final Label said = Pages.whole(new Label());
    private final TextField pasted = new TextField();
    private @Nullable EvmAddress shown;

    /**
     * @param network what it is called: money sent on another is lost
     */
    public ReceivePane(WalletModel wallet, SystemClipboard clipboard, Texts texts, String network) {
        this.clipboard = clipboard;
        this.texts = texts;
        setId("receive");
        setSpacing(16);
        wallet.account().subscribe(this::show);
        address.setId("receive-address");
        address.getStyleClass().addAll("mono", "address");
        Pages.whole(address);
        Button copy = Pages.accent("receive-copy", texts.of("receive.copy"), this::copy);
        copy.setGraphic(new FontIcon(Feather.COPY));
        said.setId("receive-said");
        pasted.setId("receive-pasted");
        pasted.setPromptText(texts.of("receive.pasted.prompt"));
        pasted.getStyleClass().add("mono");
        pasted.textProperty().subscribe(this::compare);
        VBox text =
                new VBox(
                        12,
                        Pages.title(texts.of("receive.title")),
                        address,
                        Pages.row(copy),
                        Pages.folding(said),
                        Pages.field(texts.of("receive.pasted"), pasted),
                        Pages.caption(texts.of("receive.network", network)));
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox both = new HBox(24, code, text);
        VBox panel = Pages.panel(both);
        getChildren().setAll(panel);
        said.setVisible(false);
    }

    private void show(@Nullable Account account) {
        shown = account == null ? null : account.address();
        said.setVisible(false);
        code.getChildren().clear();
        if (account != null) {
            address.setText(Format.grouped(account.address()));
            code.getChildren()
                    .setAll(new QrCode(account.address().toString(), texts.of("receive.qr")));
        }
    }

    /** Looks at once whether it is the address that lies there. */
    private void copy() {
        EvmAddress own = shown;
        if (own == null) {
            return;
        }
        clipboard.put(own.toString());
        tell(own, Copied.of(own, clipboard.text().orElse("")), "receive.copied.");
    }

    /** What another program got is pasted back, to be compared. */
    private void compare(String text) {
        EvmAddress own = shown;
        if (own == null || text.isBlank()) {
            return;
        }
        tell(own, Copied.of(own, text), "receive.compared.");
    }

    private void tell(EvmAddress own, Copied copied, String key) {
        String all = own.toString();
        said.setText(
                texts.of(
                        key + copied.name().toLowerCase(Locale.ROOT),
                        all.substring(all.length() - TAIL)));
        boolean good = copied == Copied.SAME;
        said.setGraphic(new FontIcon(good ? Feather.CHECK : Feather.ALERT_TRIANGLE));
        said.getStyleClass().removeAll("good-text", "bad-text");
        said.getStyleClass().add(good ? "good-text" : "bad-text");
        said.setVisible(true);
    }
}
