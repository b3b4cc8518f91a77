package org.flowshield.app.wallet.payments;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.wallet.account.Amounts;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.payment.Authorisation;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.money.Purse;
import org.jspecify.annotations.Nullable;

/** The page with what the service may spend. For the FX thread. */
public final class PaymentsPane extends VBox {

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 365;

    private final PaymentsModel model = new PaymentsModel();
    private final PaymentsController controller;
    private final WalletModel wallet;
    private final Texts texts;
    private final Format format;
    private final Amounts amounts;
    private final ObservableBooleanValue noService;

    public PaymentsPane(
            WalletModel wallet,
            MoneyDesk money,
            Daemon daemon,
            TransactionController transactions,
            Work work,
            Ui ui,
            Texts texts,
            Format format,
            Amounts amounts,
            InstantSource clock) {
        this.wallet = wallet;
        this.texts = texts;
        this.format = format;
        this.amounts = amounts;
        this.controller =
                new PaymentsController(
                        model, wallet, money, daemon, transactions, work, ui, texts, format, clock);
        noService =
                Bindings.createBooleanBinding(
                        () -> {
                            var status = model.status().get();
                            return status == null || status.signer() == null;
                        },
                        model.status());
        setId("payments");
        setSpacing(16);
        Label said = Pages.whole(new Label());
        said.setId("payments-said");
        said.getStyleClass().add("good-text");
        said.textProperty().bind(model.said());
        said.visibleProperty().bind(model.said().isNotEmpty());
        Label away = Pages.caption(texts.of("payments.no_service"));
        away.setId("payments-no-service");
        away.visibleProperty().bind(noService);
        getChildren()
                .setAll(
                        Pages.folding(away),
                        Pages.failure(texts, "payments-failure", model.failure()),
                        Pages.folding(said),
                        purse(),
                        caps(),
                        channels());
    }

    public void shown() {
        controller.shown();
    }

    public void hidden() {
        controller.hidden();
    }

    private Button act(String id, String key, ObservableBooleanValue not, Runnable action) {
        Button button = Pages.button(id, texts.of(key), action);
        button.disableProperty().bind(Bindings.or(model.busy(), not));
        return button;
    }

    private VBox purse() {
        Label sum = new Label();
        sum.setId("purse-amount");
        sum.getStyleClass().add("figure");
        Label rights = Pages.caption("");
        rights.setId("purse-rights");
        Runnable draw =
                () -> {
                    Purse purse = model.purse().get();
                    boolean hidden = wallet.hidden().get();
                    sum.setText(purse == null ? "…" : amounts.glance(purse.amount(), hidden));
                    rights.setText(rights(purse, hidden));
                };
        model.purse().subscribe(draw);
        wallet.hidden().subscribe(draw);
        AmountField amount = new AmountField("purse-sum", texts.of("purse.amount"), texts);
        AmountField each = new AmountField("purse-each", texts.of("purse.each"), texts);
        Spinner<Integer> days = new Spinner<>(1, MOST_DAYS, USUAL_DAYS);
        days.setId("purse-days");
        days.setEditable(true);
        days.setPrefWidth(110);
        days.getEditor().setAccessibleText(texts.of("purse.days"));
        VBox until = Pages.field(texts.of("purse.days"), days);
        HBox.setHgrow(amount, Priority.ALWAYS);
        HBox.setHgrow(each, Priority.ALWAYS);
        ObservableBooleanValue noAmount = amount.amount().isNull();
        ObservableBooleanValue noFund =
                Bindings.or(
                        Bindings.or(amount.amount().isNull(), each.amount().isNull()), noService);
        Button fund =
                act(
                        "purse-fund",
                        "purse.fund",
                        noFund,
                        () ->
                                controller.fund(
                                        Objects.requireNonNull(amount.amount().get()),
                                        Objects.requireNonNull(each.amount().get()),
                                        days.getValue()));
        fund.getStyleClass().add("accent");
        Consumer<Consumer<TokenAmount>> with =
                action -> action.accept(Objects.requireNonNull(amount.amount().get()));
        FlowPane buttons =
                new FlowPane(
                        8,
                        8,
                        fund,
                        act(
                                "purse-deposit",
                                "purse.deposit",
                                noAmount,
                                () -> with.accept(controller::deposit)),
                        act(
                                "purse-withdraw",
                                "purse.withdraw",
                                noAmount,
                                () -> with.accept(controller::withdraw)),
                        act("purse-revoke", "purse.revoke", noService, controller::revoke));
        HBox fields = new HBox(12, amount, each, until);
        return Pages.panel(
                Pages.title(texts.of("purse.title")),
                Pages.caption(texts.of("purse.text")),
                sum,
                rights,
                fields,
                buttons);
    }

    private String rights(@Nullable Purse purse, boolean hidden) {
        Authorisation given = purse == null ? null : purse.authorisation();
        if (given == null) {
            return texts.of("purse.rights.unknown");
        }
        if (given.total().isZero()) {
            return texts.of("purse.rights.none");
        }
        return texts.of(
                "purse.rights",
                amounts.glance(given.left(), hidden),
                amounts.glance(given.total(), hidden),
                amounts.glance(given.perPayee(), hidden),
                format.moment(given.expiry()));
    }

    private VBox caps() {
        AmountField session = new AmountField("cap-session", texts.of("caps.session"), texts);
        AmountField day = new AmountField("cap-day", texts.of("caps.day"), texts);
        AmountField month = new AmountField("cap-month", texts.of("caps.month"), texts);
        HBox fields = new HBox(12, session, day, month);
        fields.getChildren().forEach(field -> HBox.setHgrow(field, Priority.ALWAYS));
        VBox spent = new VBox(8);
        spent.setId("caps-spent");
        Runnable draw = () -> spent(spent, model.spending().get());
        model.spending()
                .subscribe(
                        (before, now) -> {
                            draw.run();
                            if (now != null
                                    && (before == null || !before.caps().equals(now.caps()))) {
                                session.set(now.caps().perSession());
                                day.set(now.caps().perDay());
                                month.set(now.caps().perMonth());
                            }
                        });
        wallet.hidden().subscribe(draw);
        ObservableBooleanValue missing =
                Bindings.or(
                        Bindings.or(session.amount().isNull(), day.amount().isNull()),
                        Bindings.or(month.amount().isNull(), noService));
        Button save =
                act(
                        "caps-save",
                        "caps.save",
                        missing,
                        () ->
                                controller.limit(
                                        new SpendingCaps(
                                                Objects.requireNonNull(session.amount().get()),
                                                Objects.requireNonNull(day.amount().get()),
                                                Objects.requireNonNull(month.amount().get()))));
        return Pages.panel(
                Pages.title(texts.of("caps.title")),
                Pages.caption(texts.of("caps.text")),
                spent,
                fields,
                Pages.row(Pages.spring(), save));
    }

    private void spent(VBox into, @Nullable Spending spending) {
        into.getChildren().clear();
        if (spending == null) {
            return;
        }
        into.getChildren()
                .setAll(
                        spent("spent.session", spending.session(), spending.caps().perSession()),
                        spent("spent.day", spending.day(), spending.caps().perDay()),
                        spent("spent.month", spending.month(), spending.caps().perMonth()));
    }

    private Node spent(String key, TokenAmount spent, TokenAmount cap) {
        boolean hidden = wallet.hidden().get();
        Label label =
                new Label(
                        texts.of(key, amounts.glance(spent, hidden), amounts.glance(cap, hidden)));
        label.setMinWidth(320);
        ProgressBar bar = new ProgressBar(cap.isZero() ? 0 : part(spent, cap));
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add("small");
        bar.setAccessibleText(label.getText());
        HBox.setHgrow(bar, Priority.ALWAYS);
        return Pages.row(label, bar);
    }

    private static double part(TokenAmount spent, TokenAmount cap) {
        return Math.min(1, spent.units().doubleValue() / cap.units().doubleValue());
    }

    private VBox channels() {
        VBox list = new VBox(12);
        list.setId("channels");
        model.channels().subscribe(all -> draw(list, all));
        wallet.hidden().subscribe(_ -> draw(list, model.channels().get()));
        TextField provider = new TextField();
        provider.setId("channel-provider");
        provider.getStyleClass().add("mono");
        AmountField amount = new AmountField("channel-sum", texts.of("channel.amount"), texts);
        VBox who = Pages.field(texts.of("channel.provider"), provider);
        HBox.setHgrow(who, Priority.ALWAYS);
        Button open =
                act(
                        "channel-open",
                        "channel.open",
                        Bindings.or(
                                Bindings.or(
                                        amount.amount().isNull(),
                                        provider.textProperty().isEmpty()),
                                noService),
                        () ->
                                controller.open(
                                        provider.getText(),
                                        Objects.requireNonNull(amount.amount().get())));
        HBox fields = new HBox(12, who, amount);
        return Pages.panel(
                Pages.title(texts.of("channel.title")),
                Pages.caption(texts.of("channel.text")),
                list,
                fields,
                Pages.row(Pages.spring(), open));
    }

    private void draw(VBox list, List<ChannelStatus> channels) {
        list.getChildren().clear();
        if (channels.isEmpty()) {
            list.getChildren().add(Pages.caption(texts.of("channel.none")));
        }
        for (ChannelStatus channel : channels) {
            list.getChildren().add(channel(channel));
        }
    }

    private Node channel(ChannelStatus channel) {
        boolean hidden = wallet.hidden().get();
        String peer = channel.peer() == null ? channel.payee().toString() : channel.peer();
        Label who = new Label(Format.brief(peer));
        who.getStyleClass().addAll("title", "mono");
        Label sums =
                Pages.caption(
                        texts.of(
                                "channel.line",
                                amounts.glance(channel.left(), hidden),
                                amounts.glance(channel.deposit(), hidden),
                                texts.of(
                                        "channel.state."
                                                + channel.state()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT))));
        String id = channel.id().toString();
        AmountField more = new AmountField("top-up-" + id, texts.of("channel.more"), texts);
        more.setPrefWidth(190);
        boolean closing = channel.state() != ChannelStatus.State.OPEN;
        Button topUp =
                act(
                        "top-up-do-" + id,
                        "channel.top_up",
                        more.amount().isNull(),
                        () ->
                                controller.topUp(
                                        channel, Objects.requireNonNull(more.amount().get())));
        Button close = new Button(texts.of("channel.close"));
        close.setId("close-" + id);
        close.setMinWidth(USE_PREF_SIZE);
        close.disableProperty().bind(model.busy());
        close.setOnAction(
                _ -> {
                    close.setText(
                            texts.of("channel.close.sure", amounts.glance(channel.left(), hidden)));
                    close.getStyleClass().add("danger");
                    close.setOnAction(_ -> controller.close(channel));
                });
        VBox said = new VBox(2, who, sums);
        FlowPane row = new FlowPane(14, 8, said);
        if (!closing) {
            HBox doing = new HBox(8, more, topUp, close);
            doing.setAlignment(javafx.geometry.Pos.BOTTOM_LEFT);
            row.getChildren().add(doing);
        }
        return row;
    }
}
