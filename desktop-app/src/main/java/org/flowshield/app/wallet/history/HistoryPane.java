package org.flowshield.app.wallet.history;

import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.system.FilePicker;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.wallet.account.Amounts;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.wallet.history.Fate;
import org.flowshield.node.wallet.history.HistoryEntry;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The page with what was sent and received. For the FX thread. */
public final class HistoryPane extends VBox {

    private final HistoryModel model = new HistoryModel();
    private final HistoryController controller;
    private final Texts texts;
    private final Format format;
    private final Amounts amounts;
    private final BooleanProperty hidden;
    private final VBox detail = new VBox(8);
    private final ListView<HistoryEntry> list = new ListView<>();

    public HistoryPane(
            WalletModel wallet,
            MoneyDesk money,
            TransactionController transactions,
            FilePicker files,
            Work work,
            Texts texts,
            Format format,
            Amounts amounts) {
        this.texts = texts;
        this.format = format;
        this.amounts = amounts;
        this.hidden = wallet.hidden();
        this.controller =
                new HistoryController(model, wallet, money, transactions, files, work, texts);
        setId("history");
        setSpacing(12);
        TextField search = new TextField();
        search.setId("history-search");
        search.setPromptText(texts.of("history.search"));
        search.setAccessibleText(texts.of("history.search"));
        search.textProperty().bindBidirectional(model.search());
        HBox.setHgrow(search, Priority.ALWAYS);
        Button again = new Button();
        var _ = Pages.icon(again, "history-again", Feather.REFRESH_CW, texts.of("history.again"));
        again.setOnAction(_ -> controller.load());
        again.disableProperty().bind(model.busy());
        Button export =
                Pages.button("history-export", texts.of("history.export"), controller::export);
        export.disableProperty().bind(model.found().map(java.util.List::isEmpty));
        Label said = Pages.whole(new Label());
        said.setId("history-said");
        said.textProperty().bind(model.said());
        said.getStyleClass().add("good-text");
        said.visibleProperty().bind(model.said().isNotEmpty());
        list.setId("history-list");
        list.setAccessibleText(texts.of("history.list"));
        list.setPlaceholder(placeholder());
        list.setCellFactory(_ -> new Line());
        list.setPrefHeight(330);
        list.setMinHeight(160);
        VBox.setVgrow(list, Priority.ALWAYS);
        model.found().subscribe(found -> list.getItems().setAll(found));
        hidden.subscribe(_ -> list.refresh());
        list.getSelectionModel()
                .selectedItemProperty()
                .subscribe(selected -> model.selected().set(selected));
        model.selected().subscribe(this::show);
        wallet.account().subscribe(_ -> model.entries().set(java.util.List.of()));
        getChildren()
                .setAll(
                        Pages.row(search, again, export),
                        Pages.failure(texts, "history-failure", model.failure()),
                        Pages.folding(said),
                        list,
                        Pages.folding(detail));
    }

    /** Asks anew; called when the page is shown. */
    public void load() {
        controller.load();
    }

    private Node placeholder() {
        Label empty = Pages.caption(texts.of("history.empty"));
        empty.textProperty()
                .bind(
                        model.busy()
                                .map(busy -> texts.of(busy ? "history.loading" : "history.empty")));
        return empty;
    }

    private String state(Fate.State state) {
        return texts.of("fate." + state.name().toLowerCase(Locale.ROOT));
    }

    private String action(HistoryEntry entry) {
        String key = "action." + entry.action().replace(' ', '_');
        return texts.has(key) ? texts.of(key) : entry.action();
    }

    private String sum(HistoryEntry entry) {
        String sum =
                hidden.get()
                        ? Amounts.DOTS + " " + amounts.symbol(entry.coin())
                        : amounts.exact(entry.units(), entry.coin());
        return (entry.incoming() ? "+ " : "− ") + sum;
    }

    private String when(HistoryEntry entry) {
        Long block = entry.fate().block();
        if (entry.at() != null) {
            return format.moment(entry.at());
        }
        return block == null ? "" : texts.of("history.block", format.count(block));
    }

    private void show(@Nullable HistoryEntry entry) {
        detail.getChildren().clear();
        detail.setVisible(entry != null);
        if (entry == null) {
            return;
        }
        TextField hash = new TextField(entry.hash().toString());
        hash.setId("history-hash");
        hash.setEditable(false);
        hash.getStyleClass().add("mono");
        VBox panel =
                Pages.panel(
                        Pages.caption(texts.of(entry.incoming() ? "history.from" : "history.to")),
                        mono(Format.grouped(entry.peer())),
                        Pages.field(texts.of("history.hash"), hash));
        if (HistoryController.waits(entry)) {
            panel.getChildren()
                    .add(
                            Pages.row(
                                    Pages.button(
                                            "history-faster",
                                            texts.of("history.faster"),
                                            () -> controller.speedUp(entry)),
                                    Pages.button(
                                            "history-cancel",
                                            texts.of("history.cancel"),
                                            () -> controller.cancel(entry)),
                                    Pages.caption(texts.of("history.waits"))));
        }
        detail.getChildren().setAll(panel);
    }

    private static Label mono(String text) {
        Label label = Pages.paragraph(text);
        label.getStyleClass().add("mono");
        return label;
    }

    /** A line of the list. */
    private final class Line extends ListCell<HistoryEntry> {

        @Override
        protected void updateItem(@Nullable HistoryEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            setText(null);
            setGraphic(entry == null || empty ? null : line(entry));
        }

        private Node line(HistoryEntry entry) {
            FontIcon way =
                    new FontIcon(
                            entry.incoming() ? Feather.ARROW_DOWN_LEFT : Feather.ARROW_UP_RIGHT);
            Label what = new Label(entry.incoming() ? texts.of("history.received") : action(entry));
            what.getStyleClass().add("title");
            Label who =
                    new Label(
                            String.join(
                                    "  ·  ", Format.brief(entry.peer().toString()), when(entry)));
            who.getStyleClass().add("caption");
            Label sum = new Label(sum(entry));
            sum.getStyleClass().add("value-text");
            Label state = new Label(state(entry.fate().state()), icon(entry.fate().state()));
            state.getStyleClass().add("caption");
            VBox right = new VBox(2, sum, state);
            right.setAlignment(Pos.CENTER_RIGHT);
            HBox row = new HBox(14, way, new VBox(2, what, who), Pages.spring(), right);
            row.setAlignment(Pos.CENTER_LEFT);
            return row;
        }
    }

    private static FontIcon icon(Fate.State state) {
        return new FontIcon(
                switch (state) {
                    case WAITING, INCLUDED -> Feather.CLOCK;
                    case CONFIRMED -> Feather.CHECK;
                    case REVERTED, REPLACED, DROPPED -> Feather.X_CIRCLE;
                    case UNKNOWN -> Feather.HELP_CIRCLE;
                });
    }
}
