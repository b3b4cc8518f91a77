package org.flowshield.app.account;

import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.node.wallet.Account;
import org.jspecify.annotations.Nullable;

/**
 * Asks which account acts, where the wallet has more than one; takes no room otherwise. For the FX
 * thread.
 */
public final class AccountBox {

    private final Texts texts;
    private final FlowPane root;

    /** A box that follows the choice chooses nothing. */
    private boolean following;

    /**
     * @param id of the box
     * @param then told of an account that a person chose
     */
    public AccountBox(String id, AccountChoice choice, Context context, Consumer<Account> then) {
        this.texts = context.texts("account");
        ComboBox<Account> box = new ComboBox<>();
        box.setId(id);
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.setConverter(names());
        Label name = new Label(texts.of("acting"));
        name.setLabelFor(box);
        name.setMinWidth(Region.USE_PREF_SIZE);
        root = Pages.folding(new FlowPane(10, 6, name, box));
        box.visibleProperty().bind(root.visibleProperty());
        root.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        choice.known()
                .subscribe(
                        known -> {
                            root.setVisible(known.size() > 1);
                            following = true;
                            box.getItems().setAll(known);
                            box.setValue(choice.acting().get());
                            following = false;
                        });
        choice.acting()
                .subscribe(
                        now -> {
                            following = true;
                            box.setValue(now);
                            following = false;
                        });
        box.setOnAction(
                _ -> {
                    Account chosen = box.getValue();
                    if (!following && chosen != null) {
                        then.accept(chosen);
                    }
                });
    }

    private StringConverter<Account> names() {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable Account account) {
                return account == null
                        ? ""
                        : texts.of(
                                "name",
                                account.number() + 1,
                                Format.brief(account.address().toString()));
            }

            @Override
            public Account fromString(String name) {
                throw new UnsupportedOperationException("it is chosen, not typed");
            }
        };
    }

    public Node root() {
        return root;
    }
}
