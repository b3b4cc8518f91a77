package org.flowshield.app.wallet.send;

import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.wallet.account.Amounts;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.node.desk.money.AddressCheck;
import org.flowshield.node.desk.money.AmountCheck;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.wallet.history.Coin;
import org.jspecify.annotations.Nullable;

/** The page on which money is sent. For the FX thread. */
public final class SendPane extends VBox {

    private final SendModel model = new SendModel();
    private final Texts texts;
    private final Amounts amounts;
    private final TextField to = new TextField();

    public SendPane(
            WalletModel wallet,
            MoneyDesk money,
            TransactionController transactions,
            Work work,
            Texts texts,
            Amounts amounts) {
        this.texts = texts;
        this.amounts = amounts;
        SendController controller =
                new SendController(model, wallet, money, transactions, work, texts, amounts);
        setSpacing(16);
        setId("send");
        Button review = Pages.accent("send-review", texts.of("send.review"), controller::review);
        review.disableProperty().bind(model.ready().not());
        getChildren()
                .setAll(
                        coins(),
                        receiver(),
                        amount(controller, wallet),
                        fee(),
                        Pages.failure(texts, "send-failure", model.failure()),
                        Pages.row(Pages.spring(), review));
    }

    /** Puts the focus where one begins. */
    public void focus() {
        to.requestFocus();
    }

    private HBox coins() {
        ToggleGroup group = new ToggleGroup();
        HBox row = new HBox(6);
        for (Coin coin : Coin.values()) {
            ToggleButton button = new ToggleButton(amounts.symbol(coin));
            button.setId("send-coin-" + coin.label());
            button.setToggleGroup(group);
            button.setSelected(coin == model.coin().get());
            button.setOnAction(
                    _ -> {
                        button.setSelected(true);
                        model.coin().set(coin);
                    });
            row.getChildren().add(button);
        }
        row.setAccessibleText(texts.of("send.coin"));
        return row;
    }

    private VBox receiver() {
        to.setId("send-to");
        to.getStyleClass().add("mono");
        to.setPromptText("0x…");
        to.textProperty().bindBidirectional(model.to());
        Label said = Pages.whole(new Label());
        said.setId("send-to-check");
        model.receiver().subscribe(check -> said(said, address(check)));
        VBox field = Pages.field(texts.of("send.to"), to);
        field.getChildren().add(Pages.folding(said));
        return field;
    }

    /** What is said below a field: as good or bad news, or nothing. */
    private record Said(String text, boolean good) {}

    private static void said(Label label, Said said) {
        label.setText(said.text());
        label.setVisible(!said.text().isEmpty());
        label.getStyleClass().removeAll("good-text", "bad-text");
        label.getStyleClass().add(said.good() ? "good-text" : "bad-text");
    }

    private Said address(@Nullable AddressCheck check) {
        return switch (check) {
            case null -> new Said("", true);
            case AddressCheck.Good(var address, var checksummed) ->
                    new Said(
                            texts.of(
                                    checksummed ? "address.good" : "address.compare",
                                    Format.grouped(address)),
                            true);
            case AddressCheck.Bad(var fault, var _) ->
                    fault == AddressCheck.Fault.EMPTY
                            ? new Said("", true)
                            : new Said(
                                    texts.of("address." + fault.name().toLowerCase(Locale.ROOT)),
                                    false);
        };
    }

    private VBox amount(SendController controller, WalletModel wallet) {
        TextField amount = new TextField();
        amount.setId("send-amount");
        amount.textProperty().bindBidirectional(model.amount());
        amount.setPromptText("0.0");
        HBox.setHgrow(amount, Priority.ALWAYS);
        Label unit = new Label();
        unit.setMinWidth(USE_PREF_SIZE);
        unit.textProperty().bind(model.coin().map(amounts::symbol));
        Button max = Pages.button("send-max", texts.of("send.max"), controller::max);
        max.disableProperty().bind(wallet.balances().isNull());
        Label name = new Label(texts.of("send.amount"));
        name.setLabelFor(amount);
        Label said = Pages.whole(new Label());
        said.setId("send-amount-check");
        model.sum().subscribe(check -> said(said, sum(check)));
        return new VBox(6, name, Pages.row(amount, unit, max), Pages.folding(said));
    }

    private Said sum(@Nullable AmountCheck check) {
        return switch (check) {
            case null -> new Said("", true);
            case AmountCheck.Good _ -> new Said("", true);
            case AmountCheck.Bad(var fault, var _) ->
                    fault == AmountCheck.Fault.EMPTY
                            ? new Said("", true)
                            : new Said(
                                    texts.of("amount." + fault.name().toLowerCase(Locale.ROOT)),
                                    false);
        };
    }

    private VBox fee() {
        Label fee = Pages.caption("");
        fee.setId("send-fee");
        fee.textProperty()
                .bind(Bindings.createStringBinding(this::feeText, model.fee(), model.asking()));
        return new VBox(fee);
    }

    private String feeText() {
        var known = model.fee().get();
        if (known != null) {
            return texts.of("send.fee", amounts.exact(known.atMost()));
        }
        return texts.of(model.asking().get() ? "send.fee.asking" : "send.fee.later");
    }
}
