package org.flowshield.app.wallet.security;

import java.util.Arrays;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.secret.NewPasswordPane;
import org.flowshield.app.secret.SecretField;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.app.wallet.account.WalletController;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.node.desk.wallet.SecretWords;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Account;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The page with accounts, password and words. For the FX thread. */
public final class SecurityPane extends VBox {

    private static final int WORDS_IN_COLUMN = 4;

    private final SecurityModel model = new SecurityModel();
    private final SecurityController controller;
    private final WalletModel wallet;
    private final WalletController opened;
    private final Texts texts;
    private final SecretField old;
    private final NewPasswordPane changed;
    private final SecretField forWords;

    /**
     * @param secret texts of the part of that name
     */
    public SecurityPane(
            WalletModel wallet,
            WalletController opened,
            WalletDesk desk,
            Work work,
            Texts texts,
            Texts secret) {
        this.wallet = wallet;
        this.opened = opened;
        this.texts = texts;
        this.controller = new SecurityController(model, desk, work, texts);
        old = new SecretField("security-old", texts.of("security.old"), secret);
        changed = new NewPasswordPane("security-new", texts.of("security.new"), secret);
        forWords = new SecretField("security-password", texts.of("security.password"), secret);
        setId("security");
        setSpacing(16);
        Label said = Pages.whole(new Label());
        said.setId("security-said");
        said.getStyleClass().add("good-text");
        said.textProperty().bind(model.said());
        said.visibleProperty().bind(model.said().isNotEmpty());
        getChildren()
                .setAll(
                        Pages.failure(texts, "security-failure", model.failure()),
                        Pages.folding(said),
                        accounts(),
                        words(),
                        password());
    }

    /** Nothing secret stays on it. */
    public void hidden() {
        controller.conceal();
        clear();
        forWords.clear();
    }

    private void clear() {
        old.clear();
        changed.clear();
    }

    private VBox accounts() {
        VBox list = new VBox(10);
        list.setId("accounts");
        wallet.accounts().subscribe(accounts -> draw(list, accounts));
        Button add = Pages.button("account-add", texts.of("account.add"), opened::addAccount);
        add.disableProperty()
                .bind(
                        Bindings.or(
                                wallet.busy(),
                                Bindings.createBooleanBinding(
                                        () -> !wallet.isUnlocked(), wallet.state())));
        Label first = Pages.caption(texts.of("account.unlock_first"));
        first.visibleProperty()
                .bind(Bindings.createBooleanBinding(() -> !wallet.isUnlocked(), wallet.state()));
        return Pages.panel(
                Pages.title(texts.of("account.title")),
                Pages.caption(texts.of("account.text")),
                list,
                Pages.row(add, Pages.folding(first)));
    }

    private void draw(VBox list, List<Account> accounts) {
        list.getChildren().clear();
        for (Account account : accounts) {
            Label name = new Label(texts.of("account.name", account.number() + 1));
            name.getStyleClass().add("title");
            Label address = Pages.paragraph(Format.grouped(account.address()));
            address.getStyleClass().add("mono");
            Label origin =
                    Pages.caption(
                            account.isImported() ? texts.of("account.imported") : account.origin());
            list.getChildren().add(new VBox(2, name, address, origin));
        }
    }

    private VBox words() {
        GridPane grid = new GridPane(28, 10);
        grid.setId("security-words");
        BooleanProperty shown = new SimpleBooleanProperty();
        model.words()
                .subscribe(
                        words -> {
                            shown.set(words != null);
                            draw(grid, words);
                        });
        Runnable reveal = () -> controller.reveal(forWords.buffer());
        forWords.onEnter(reveal);
        Button show = Pages.button("security-reveal", texts.of("security.reveal"), reveal);
        show.disableProperty().bind(model.busy());
        Button hide =
                Pages.button("security-conceal", texts.of("security.conceal"), controller::conceal);
        VBox ask = new VBox(10, forWords, Pages.row(show));
        ask.visibleProperty().bind(shown.not());
        VBox seen = new VBox(10, grid, Pages.row(hide));
        seen.visibleProperty().bind(shown);
        Label warning = Pages.paragraph(texts.of("security.words.warning"));
        warning.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
        warning.setGraphicTextGap(10);
        VBox panel =
                Pages.panel(
                        Pages.title(texts.of("security.words.title")),
                        warning,
                        Pages.folding(ask),
                        Pages.folding(seen));
        panel.visibleProperty().bind(Bindings.createBooleanBinding(this::hasWords, wallet.state()));
        return Pages.folding(panel);
    }

    private boolean hasWords() {
        return switch (wallet.state().get()) {
            case null -> false;
            case WalletState.None _ -> false;
            case WalletState.Locked locked -> locked.hasWords();
            case WalletState.Unlocked unlocked -> unlocked.hasWords();
        };
    }

    private static void draw(GridPane grid, @Nullable SecretWords words) {
        grid.getChildren().clear();
        if (words == null) {
            return;
        }
        for (int place = 1; place <= words.count(); place++) {
            char[] word = words.word(place);
            Label said = new Label(new String(word));
            Arrays.fill(word, '\0');
            said.setId("security-word-" + place);
            said.getStyleClass().add("word");
            Label number = new Label(place + ".");
            number.getStyleClass().add("caption");
            grid.add(
                    new HBox(8, number, said),
                    (place - 1) / WORDS_IN_COLUMN,
                    (place - 1) % WORDS_IN_COLUMN);
        }
    }

    private VBox password() {
        Runnable change =
                () -> {
                    if (changed.usable().get() && !old.buffer().isEmpty()) {
                        controller.change(old.buffer(), changed.buffer(), this::clear);
                    }
                };
        changed.onEnter(change);
        old.onEnter(changed::focus);
        Button button = Pages.button("security-change", texts.of("security.change"), change);
        button.disableProperty().bind(Bindings.or(changed.usable().not(), model.busy()));
        Label busy = Pages.caption(texts.of("security.busy"));
        busy.visibleProperty().bind(model.busy());
        return Pages.panel(
                Pages.title(texts.of("security.password.title")),
                Pages.caption(texts.of("security.password.text")),
                old,
                changed,
                Pages.row(Pages.folding(busy), Pages.spring(), button));
    }
}
