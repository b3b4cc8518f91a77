package org.flowshield.app.share;

import java.util.Objects;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.flowshield.app.account.AccountBox;
import org.flowshield.app.control.FailurePane;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.share.ShareModel.Fault;
import org.flowshield.app.share.ShareModel.Page;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.flowshield.node.desk.share.ShareLook;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Draws the page: consent, offer, or how it goes. For the FX thread. */
final class ShareView {

    private final ShareModel model;
    private final ShareController controller;
    private final Context context;
    private final Texts texts;
    private final VBox body = new VBox(16);
    private final RunningPane running;
    private final Region root;

    ShareView(ShareModel model, ShareController controller, Context context) {
        this.model = model;
        this.controller = controller;
        this.context = context;
        this.texts = context.texts("share");
        this.running = new RunningPane(model, controller, context);
        FailurePane failure =
                new FailurePane(context.language(), "share-failure")
                        .with(new FailurePane.Action(texts.of("retry"), controller::load));
        failure.failure().bind(model.failure());
        Node account =
                new AccountBox("share-account", model.account(), context, controller::act).root();
        VBox acting = Pages.folding(new VBox(account));
        VBox page = new VBox(Pages.heading(texts.of("title")), acting, failure, body);
        page.getStyleClass().addAll("page", "share");
        this.root = Pages.scrolling(page);
        root.getStylesheets().add(Themes.sheet(ShareView.class, "share.css"));
        account.visibleProperty().subscribe(_ -> showActing(acting, account));
        model.page().subscribe(_ -> showActing(acting, account));
        model.page().subscribe(this::draw);
        model.look()
                .subscribe(
                        _ -> {
                            if (model.page().get() == Page.OFFER) {
                                draw(Page.OFFER);
                            }
                        });
    }

    Region root() {
        return root;
    }

    /** Where something is done with an account, and there is more than one. */
    private void showActing(Node acting, Node account) {
        Page page = model.page().get();
        acting.setVisible(account.isVisible() && (page == Page.OFFER || page == Page.RUNNING));
    }

    private void draw(Page page) {
        body.getChildren()
                .setAll(
                        switch (page) {
                            case CONSENT -> consent();
                            case LOADING -> loading();
                            case NO_WALLET -> noWallet();
                            case OFFER -> offer(model.look().get());
                            case RUNNING -> running.root();
                        });
    }

    // ---- what it means ----

    private Node consent() {
        CheckBox understood = new CheckBox(texts.of("consent.understood"));
        understood.setId("share-understood");
        understood.setWrapText(true);
        understood.setMinHeight(Region.USE_PREF_SIZE);
        Button agree = Pages.accent("share-agree", texts.of("consent.agree"), controller::agree);
        agree.disableProperty().bind(understood.selectedProperty().not());
        VBox points =
                Pages.panel(
                        point(Feather.GLOBE, "consent.line"),
                        point(Feather.SHIELD, "consent.limits"),
                        point(Feather.EYE, "consent.see"),
                        point(Feather.LOCK, "consent.stake"),
                        point(Feather.DOLLAR_SIGN, "consent.earn"),
                        point(Feather.POWER, "consent.off"));
        points.getStyleClass().add("points");
        return new VBox(16, Pages.paragraph(texts.of("consent.intro")), points, understood, agree);
    }

    private Node point(Ikon picture, String key) {
        FontIcon icon = new FontIcon(picture);
        icon.getStyleClass().add("point");
        VBox words =
                new VBox(2, Pages.title(texts.of(key + ".title")), Pages.caption(texts.of(key)));
        var row = Pages.row(icon, words);
        javafx.scene.layout.HBox.setHgrow(words, javafx.scene.layout.Priority.ALWAYS);
        row.setAlignment(javafx.geometry.Pos.TOP_LEFT);
        row.setSpacing(14);
        return row;
    }

    private Node loading() {
        ProgressIndicator turning = new ProgressIndicator();
        turning.setMaxSize(28, 28);
        return Pages.row(turning, Pages.paragraph(texts.of("loading")));
    }

    private Node noWallet() {
        return Pages.panel(
                Pages.title(texts.of("no_wallet.title")),
                Pages.paragraph(texts.of("no_wallet")),
                Pages.accent("share-wallet", texts.of("no_wallet.go"), controller::toWallet));
    }

    // ---- the offer ----

    private Node offer(@Nullable ShareLook look) {
        TextField price = new TextField();
        price.setId("share-price");
        price.textProperty().bindBidirectional(model.price());
        price.setPromptText("0.25");
        TextField limit = new TextField();
        limit.setId("share-limit");
        limit.textProperty().bindBidirectional(model.limit());
        limit.setPromptText("50");
        Label fault = Pages.paragraph("");
        fault.setId("share-fault");
        fault.getStyleClass().add("fault");
        Pages.folding(fault);
        model.fault()
                .subscribe(
                        now -> {
                            fault.setVisible(now != Fault.NONE);
                            fault.setText(
                                    switch (now) {
                                        case NONE -> "";
                                        case PRICE -> texts.of("fault.price");
                                        case LIMIT -> texts.of("fault.limit");
                                    });
                        });
        Button next = Pages.button("share-look", texts.of("look"), controller::look);
        if (look == null) {
            next.getStyleClass().add("accent");
        }
        next.disableProperty().bind(model.busy());
        VBox form =
                Pages.panel(
                        Pages.title(texts.of("offer")),
                        Pages.field(texts.of("price"), price),
                        Pages.caption(texts.of("price.help")),
                        Pages.field(texts.of("limit"), limit),
                        Pages.caption(texts.of("limit.help")),
                        Pages.field(texts.of("country"), countries()),
                        Pages.caption(texts.of("country.help")),
                        fault,
                        Pages.row(next));
        VBox all = new VBox(16, form);
        if (look != null) {
            all.getChildren().add(needed(look));
        }
        if (model.selling().get() != null
                && Objects.requireNonNull(model.selling().get()).offer().pricePerGib() != null) {
            all.getChildren().add(Pages.button("share-back", texts.of("back"), controller::back));
        }
        return all;
    }

    private ComboBox<String> countries() {
        ComboBox<String> box = new ComboBox<>();
        box.setId("share-country");
        box.getItems().add("");
        ShareController.countries().stream()
                .sorted(
                        java.util.Comparator.comparing(
                                context.format()::country,
                                java.text.Collator.getInstance(context.language().locale())))
                .forEach(box.getItems()::add);
        box.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable String code) {
                        return code == null || code.isEmpty()
                                ? texts.of("country.none")
                                : context.format().country(code);
                    }

                    @Override
                    public String fromString(String name) {
                        throw new UnsupportedOperationException("it is chosen, not typed");
                    }
                });
        box.valueProperty().bindBidirectional(model.country());
        return box;
    }

    private Node needed(ShareLook look) {
        VBox panel =
                Pages.panel(
                        Pages.title(texts.of("needed")),
                        Pages.paragraph(
                                look.missing().isZero()
                                        ? texts.of(
                                                "needed.staked",
                                                context.format().exact(look.staked()))
                                        : texts.of(
                                                "needed.stake",
                                                context.format().exact(look.missing()),
                                                context.format().exact(look.flow()))),
                        Pages.caption(
                                texts.of("needed.back", Long.toString(look.unbonding().toDays()))));
        panel.setId("share-needed");
        boolean ready = look.canStake() && look.hasGas();
        if (!look.canStake()) {
            panel.getChildren().add(lacking("needed.no_flow"));
        }
        if (!look.hasGas()) {
            panel.getChildren().add(lacking("needed.no_gas"));
        }
        if (look.faucet() != null && !ready) {
            panel.getChildren()
                    .add(Pages.caption(texts.of("needed.faucet", look.faucet().toString())));
        }
        Button begin = Pages.accent("share-begin", texts.of("begin"), controller::begin);
        begin.setDisable(!ready);
        Platform.runLater(begin::requestFocus); // the page was drawn anew below the hands
        panel.getChildren().addAll(Pages.caption(texts.of("needed.next")), Pages.row(begin));
        return panel;
    }

    private Node lacking(String key) {
        Label label = Pages.paragraph(texts.of(key));
        label.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
        label.setGraphicTextGap(8);
        label.getStyleClass().add("fault");
        return label;
    }
}
