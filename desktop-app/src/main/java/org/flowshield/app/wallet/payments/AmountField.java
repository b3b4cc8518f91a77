package org.flowshield.app.wallet.payments;

import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.desk.money.AmountCheck;
import org.flowshield.node.wallet.history.Coin;
import org.jspecify.annotations.Nullable;

/** A field for an amount of FLOW that says what is wrong while it is typed. For the FX thread. */
final class AmountField extends VBox {

    private final TextField field = new TextField();
    private final Label said = Pages.whole(new Label());
    private final ObjectProperty<@Nullable TokenAmount> amount = new SimpleObjectProperty<>();
    private final Texts texts;

    /**
     * @param id of what takes the focus; {@code ID-check} says what is wrong
     */
    AmountField(String id, String name, Texts texts) {
        this.texts = texts;
        field.setId(id);
        field.setPromptText("0.0");
        HBox.setHgrow(field, Priority.ALWAYS);
        said.setId(id + "-check");
        said.getStyleClass().add("bad-text");
        Label label = new Label(name);
        label.setLabelFor(field);
        Label unit = new Label(Format.FLOW);
        unit.setMinWidth(USE_PREF_SIZE);
        setSpacing(6);
        getChildren().setAll(label, Pages.row(field, unit), Pages.folding(said));
        field.textProperty().subscribe(this::look);
    }

    /** Null while it is none. */
    ObjectProperty<@Nullable TokenAmount> amount() {
        return amount;
    }

    void set(TokenAmount to) {
        field.setText(to.decimal());
    }

    boolean isFocusWithinField() {
        return field.isFocused();
    }

    private void look(String text) {
        switch (AmountCheck.of(text, Coin.FLOW, null, "", "")) {
            case AmountCheck.Good good -> {
                amount.set(new TokenAmount(good.units()));
                said.setVisible(false);
            }
            case AmountCheck.Bad bad -> {
                amount.set(null);
                boolean empty = bad.fault() == AmountCheck.Fault.EMPTY;
                said.setText(
                        empty
                                ? ""
                                : texts.of(
                                        "amount." + bad.fault().name().toLowerCase(Locale.ROOT)));
                said.setVisible(!empty);
            }
        }
    }
}
