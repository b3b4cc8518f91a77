package org.flowshield.app.wallet;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.flowshield.app.page.Pages;
import org.flowshield.app.secret.UnlockPane;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.flowshield.app.wallet.account.Amounts;
import org.flowshield.app.wallet.account.WalletController;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.node.desk.money.Balances;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Account;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Draws what the wallet has, and one of its pages below. For the FX thread. */
final class WalletView {

    /** The pages, in the order of their buttons. */
    enum Part {
        RECEIVE,
        SEND,
        HISTORY,
        PAYMENTS,
        SECURITY;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Told when a page comes and goes. */
    interface Listener {
        void came(Part part);

        void went(Part part);
    }

    private final WalletModel model;
    private final WalletController controller;
    private final Texts texts;
    private final Format format;
    private final Amounts amounts;
    private final Map<Part, Region> parts;
    private final Listener listener;
    private final UnlockPane unlock;
    private final Runnable create;
    private final Map<Part, ToggleButton> buttons = new EnumMap<>(Part.class);
    private final StackPane content = new StackPane();
    private final VBox whole = new VBox();
    private final StackPane root = new StackPane();
    private Part present = Part.RECEIVE;

    /**
     * @param transaction lies over all while something is signed
     * @param create leads to a first wallet
     */
    WalletView(
            WalletModel model,
            WalletController controller,
            Texts texts,
            Texts secret,
            Format format,
            Amounts amounts,
            Map<Part, Region> parts,
            Listener listener,
            Region transaction,
            Runnable create) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        this.format = format;
        this.amounts = amounts;
        this.parts = new EnumMap<>(parts);
        this.listener = listener;
        this.create = create;
        this.unlock = new UnlockPane("unlock", secret, model.busy(), controller::unlock);
        whole.getStyleClass().addAll("page", "wallet");
        root.getChildren().setAll(Pages.scrolling(whole), transaction);
        root.getStylesheets().add(Themes.sheet(WalletView.class, "wallet.css"));
        whole.disableProperty().bind(transaction.visibleProperty());
        content.getStyleClass().add("wallet-content");
        whole.getChildren()
                .setAll(
                        head(),
                        Pages.failure(texts, "wallet-failure", model.failure()),
                        Pages.folding(none()),
                        Pages.folding(there()));
        model.state().subscribe(_ -> cover());
    }

    Region root() {
        return root;
    }

    void shown() {
        listener.came(present);
        cover();
    }

    void hidden() {
        listener.went(present);
        unlock.clear();
    }

    private boolean isThere() {
        WalletState state = model.state().get();
        return state != null && !(state instanceof WalletState.None);
    }

    private Node head() {
        Label heading = Pages.heading(texts.of("title"));
        ComboBox<Account> accounts = new ComboBox<>();
        accounts.setId("wallet-account");
        accounts.setAccessibleText(texts.of("account.choose"));
        accounts.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable Account account) {
                        return account == null
                                ? ""
                                : texts.of("account.name", account.number() + 1)
                                        + "  ·  "
                                        + Format.brief(account.address().toString());
                    }

                    @Override
                    public Account fromString(String name) {
                        throw new IllegalStateException("an account is chosen, not typed");
                    }
                });
        model.accounts()
                .subscribe(
                        known -> {
                            accounts.getItems().setAll(known);
                            accounts.setValue(model.account().get());
                        });
        model.account().subscribe(accounts::setValue);
        accounts.setOnAction(
                _ -> {
                    Account chosen = accounts.getValue();
                    if (chosen != null) {
                        controller.choose(chosen);
                    }
                });
        ToggleButton hide = new ToggleButton();
        var _ = Pages.icon(hide, "wallet-hide", Feather.EYE, texts.of("hide"));
        hide.setOnAction(_ -> controller.hide(hide.isSelected()));
        model.hidden()
                .subscribe(
                        hidden -> {
                            hide.setSelected(hidden);
                            hide.setGraphic(new FontIcon(hidden ? Feather.EYE_OFF : Feather.EYE));
                            Pages.name(hide, texts.of(hidden ? "unhide" : "hide"));
                        });
        Button lock = Pages.button("wallet-lock", texts.of("lock"), controller::lock);
        lock.setGraphic(new FontIcon(Feather.LOCK));
        lock.disableProperty().bind(model.busy());
        lock.visibleProperty()
                .bind(Bindings.createBooleanBinding(model::isUnlocked, model.state()));
        HBox row = Pages.row(heading, Pages.spring(), accounts, hide, Pages.folding(lock));
        accounts.visibleProperty()
                .bind(Bindings.createBooleanBinding(this::isThere, model.state()));
        hide.visibleProperty().bind(accounts.visibleProperty());
        return row;
    }

    private VBox none() {
        FontIcon icon = new FontIcon(Feather.CREDIT_CARD);
        icon.setIconSize(44);
        Button begin = Pages.accent("wallet-create", texts.of("none.create"), create);
        VBox page =
                new VBox(
                        16,
                        icon,
                        Pages.title(texts.of("none.title")),
                        Pages.paragraph(texts.of("none.text")),
                        begin);
        page.setId("wallet-none");
        page.visibleProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> model.state().get() instanceof WalletState.None,
                                model.state()));
        return page;
    }

    private VBox there() {
        HBox figures =
                new HBox(
                        14,
                        figure("flow", balances(found -> amounts.glance(found.flow(), isHidden()))),
                        figure("gas", balances(found -> amounts.glance(found.gas(), isHidden()))),
                        figure(
                                "purse",
                                balances(found -> amounts.glance(found.purse(), isHidden()))));
        figures.getChildren().forEach(each -> HBox.setHgrow(each, Priority.ALWAYS));
        Label standing = Pages.caption("");
        standing.setId("wallet-standing");
        standing.textProperty().bind(Bindings.createStringBinding(this::standing, model.state()));
        VBox all =
                new VBox(
                        16,
                        figures,
                        Pages.failure(texts, "wallet-unknown", model.unknown()),
                        standing,
                        tabs(),
                        content);
        all.visibleProperty().bind(Bindings.createBooleanBinding(this::isThere, model.state()));
        return all;
    }

    private boolean isHidden() {
        return model.hidden().get();
    }

    private ObservableValue<String> balances(
            java.util.function.Function<Balances, String> written) {
        return Bindings.createStringBinding(
                () -> {
                    Balances known = model.balances().get();
                    return known == null ? "…" : written.apply(known);
                },
                model.balances(),
                model.hidden());
    }

    private VBox figure(String key, ObservableValue<String> value) {
        Label name = new Label(texts.of("balance." + key, amounts.gasSymbol()));
        name.getStyleClass().add("caption");
        Label sum = new Label();
        sum.setId("balance-" + key);
        sum.getStyleClass().add("figure");
        sum.textProperty().bind(value);
        Label for_ = Pages.caption(texts.of("balance." + key + ".for"));
        VBox panel = Pages.panel(name, sum, for_);
        panel.setPrefWidth(200);
        return panel;
    }

    private String standing() {
        return switch (model.state().get()) {
            case null -> "";
            case WalletState.None _ -> "";
            case WalletState.Locked _ -> texts.of("standing.locked");
            case WalletState.Unlocked unlocked ->
                    texts.of("standing.unlocked", format.moment(unlocked.locksAt()));
        };
    }

    private Node tabs() {
        ToggleGroup group = new ToggleGroup();
        HBox row = new HBox(6);
        row.getStyleClass().add("tabs");
        for (Part part : Part.values()) {
            ToggleButton button = new ToggleButton(texts.of("part." + part.key()), icon(part));
            button.setId("wallet-" + part.key());
            button.setToggleGroup(group);
            button.setAccessibleRole(AccessibleRole.TAB_ITEM);
            button.getStyleClass().add("tab-button");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setSelected(part == present);
            button.setOnAction(_ -> go(part));
            buttons.put(part, button);
            row.getChildren().add(button);
        }
        return row;
    }

    private static FontIcon icon(Part part) {
        return new FontIcon(
                switch (part) {
                    case RECEIVE -> Feather.ARROW_DOWN_LEFT;
                    case SEND -> Feather.ARROW_UP_RIGHT;
                    case HISTORY -> Feather.LIST;
                    case PAYMENTS -> Feather.REPEAT;
                    case SECURITY -> Feather.KEY;
                });
    }

    void go(Part part) {
        Objects.requireNonNull(buttons.get(part)).setSelected(true);
        if (part == present) {
            return;
        }
        listener.went(present);
        present = part;
        listener.came(part);
        cover();
    }

    /**
     * What is signed needs the wallet unlocked: where it is not, the password is asked for first.
     */
    private void cover() {
        boolean signs = present == Part.SEND;
        boolean locked = model.state().get() instanceof WalletState.Locked;
        Region page = parts.get(present);
        VBox both = new VBox(16);
        if (locked && (signs || present == Part.PAYMENTS)) {
            both.getChildren().add(unlock);
        }
        if (page != null && !(locked && signs)) {
            both.getChildren().add(page);
        }
        if (!content.getChildren().isEmpty()
                && content.getChildren().getFirst() instanceof VBox before
                && before.getChildren().equals(both.getChildren())) {
            return;
        }
        content.getChildren().setAll(both);
    }
}
