package org.flowshield.app.share;

import atlantafx.base.controls.ToggleSwitch;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.flowshield.app.errors.Errors;
import org.flowshield.app.errors.Explanation;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.text.Texts;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.desk.share.ShareStanding;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * How sharing goes: the switch, reach, clients, earnings, offer, hours, stake. For the FX thread.
 */
final class RunningPane {

    private static final Pattern PORT = Pattern.compile("/tcp/(\\d+)");

    private final ShareModel model;
    private final ShareController controller;
    private final Context context;
    private final Texts texts;
    private final Errors errors;
    private final Label state = Pages.whole(new Label());
    private final Label why = Pages.caption("");
    private final ToggleSwitch on = new ToggleSwitch();
    private final VBox reach = Pages.panel();
    private final Label earned = figure("share-earned");
    private final Label unsettled = figure("share-unsettled");
    private final Label clients = figure("share-clients");
    private final Label traffic = figure("share-traffic");
    private final Label inTheWay = Pages.caption("");
    private final Label offer = Pages.paragraph("");
    private final VBox stake = Pages.panel();
    private final ToggleSwitch fullnode = new ToggleSwitch();
    private final Label fullnodeSays = Pages.caption("");
    private final SessionsTable sessions;
    private final VBox root;

    /** A switch that follows the daemon asks for nothing. */
    private boolean following;

    RunningPane(ShareModel model, ShareController controller, Context context) {
        this.model = model;
        this.controller = controller;
        this.context = context;
        this.texts = context.texts("share");
        this.errors = new Errors(context.language());
        this.sessions = new SessionsTable(context);
        EarningsPane earnings = new EarningsPane(context);
        this.root =
                new VBox(
                        16,
                        header(),
                        reach,
                        figures(),
                        Pages.panel(Pages.title(texts.of("sessions")), sessions.root()),
                        earnings.root(),
                        offerPanel(),
                        new SchedulePane(model, controller.hours(), context).root(),
                        stake,
                        fullnodePanel());
        reach.setId("share-reach");
        Pages.folding(reach);
        stake.setId("share-stake");
        Pages.folding(stake);
        model.status().subscribe(this::draw);
        model.failure().subscribe(_ -> draw(model.status().get())); // a refused switch goes back
        model.selling().subscribe(this::drawOffer);
        model.standing().subscribe(this::drawStake);
        model.earnings()
                .subscribe(
                        now -> {
                            drawEarned(now);
                            earnings.show(now);
                        });
    }

    Node root() {
        return root;
    }

    private static Label figure(String id) {
        Label label = new Label("–");
        label.setId(id);
        label.getStyleClass().add("figure");
        return label;
    }

    private Node header() {
        state.setId("share-state");
        state.getStyleClass().add("share-state");
        state.setGraphicTextGap(12);
        why.setId("share-why");
        Pages.folding(why);
        on.setId("share-on");
        on.setAccessibleText(texts.of("title"));
        on.selectedProperty()
                .subscribe(
                        (_, now) -> {
                            if (!following) {
                                controller.sharing(now);
                            }
                        });
        HBox line = Pages.row(state, Pages.spring(), on);
        return Pages.panel(line, why);
    }

    private void draw(@Nullable NodeStatus status) {
        if (status == null) {
            return;
        }
        RoleStatus providing = status.role(RoleName.PROVIDER);
        RoleState stands = providing.state();
        state.setText(texts.of("state." + stands.name().toLowerCase(Locale.ROOT)));
        state.setGraphic(
                new FontIcon(
                        switch (stands) {
                            case ON -> Feather.CHECK_CIRCLE;
                            case OFF -> Feather.PAUSE_CIRCLE;
                            case STARTING, STOPPING -> Feather.LOADER;
                            case FAILED -> Feather.ALERT_TRIANGLE;
                        }));
        ProviderStatus provider = status.provider();
        Problem problem = providing.problem();
        Instant until = providing.until();
        why.setVisible(problem != null || until != null);
        why.setText(
                problem != null
                        ? words(problem)
                        : until == null
                                ? ""
                                : texts.of("state.until", context.format().moment(until)));
        following = true;
        on.setSelected(stands == RoleState.ON || stands == RoleState.STARTING);
        fullnode.setSelected(controller.isOn(RoleName.FULLNODE));
        following = false;
        drawReach(provider);
        clients.setText(
                provider == null ? "0" : context.format().count(provider.sessions().size()));
        traffic.setText(
                context.format()
                        .bytes(
                                provider == null
                                        ? 0
                                        : provider.traffic().sentBytes()
                                                + provider.traffic().receivedBytes()));
        sessions.show(provider == null ? List.of() : provider.sessions());
        drawFullnode(status);
    }

    private String words(Problem problem) {
        Explanation explanation = errors.explain(problem);
        return explanation.title() + ". " + explanation.action();
    }

    private void drawReach(@Nullable ProviderStatus provider) {
        reach.setVisible(provider != null);
        if (provider == null) {
            return;
        }
        ReachStatus.State stands = provider.reach().state();
        String key = stands.name().toLowerCase(Locale.ROOT);
        Label title = Pages.title(texts.of("reach." + key));
        title.setId("share-reach-title");
        title.setGraphic(
                new FontIcon(
                        switch (stands) {
                            case PROVEN -> Feather.WIFI;
                            case UNKNOWN -> Feather.HELP_CIRCLE;
                            case NOT_PROVEN -> Feather.WIFI_OFF;
                        }));
        title.setGraphicTextGap(10);
        reach.getChildren()
                .setAll(title, Pages.caption(texts.of("reach." + key + ".help", port(provider))));
    }

    /** The one that has to be open. */
    private static String port(ProviderStatus provider) {
        for (String address : provider.multiaddrs()) {
            Matcher port = PORT.matcher(address);
            if (port.find()) {
                return port.group(1);
            }
        }
        return "?";
    }

    private Node figures() {
        Button settle = Pages.button("share-settle", texts.of("settle"), controller::settle);
        settle.disableProperty().bind(model.busy());
        Label settled = Pages.caption("");
        settled.setId("share-settled");
        settled.textProperty().bind(model.settled());
        Pages.folding(settled);
        settled.visibleProperty().bind(model.settled().isNotEmpty());
        inTheWay.setId("share-in-the-way");
        Pages.folding(inTheWay);
        inTheWay.setVisible(false);
        FlowPane row =
                new FlowPane(
                        40,
                        14,
                        named("figure.earned", earned),
                        named("figure.unsettled", unsettled),
                        named("figure.clients", clients),
                        named("figure.traffic", traffic));
        VBox panel = Pages.panel(row, Pages.row(settle, Pages.spring()), settled, inTheWay);
        panel.setSpacing(14);
        return panel;
    }

    private Node named(String key, Label figure) {
        Label name = new Label(texts.of(key));
        name.getStyleClass().add("caption");
        name.setLabelFor(figure);
        return new VBox(2, name, figure);
    }

    private void drawEarned(@Nullable Earnings now) {
        if (now == null) {
            return;
        }
        earned.setText(context.format().glance(now.earned()));
        unsettled.setText(context.format().glance(now.unsettled()));
        Problem problem = now.problem();
        inTheWay.setVisible(problem != null);
        inTheWay.setText(problem == null ? "" : words(problem));
    }

    private Node offerPanel() {
        offer.setId("share-offer");
        return Pages.panel(
                Pages.title(texts.of("offer")),
                offer,
                Pages.row(Pages.button("share-change", texts.of("change"), controller::change)));
    }

    private void drawOffer(@Nullable SellingStatus selling) {
        if (selling == null) {
            return;
        }
        ProviderOffer sold = selling.offer();
        TokenAmount price = sold.pricePerGib();
        String what =
                selling.free() || price == null
                        ? texts.of("offer.free")
                        : texts.of("offer.price", context.format().exact(price));
        String limit =
                sold.limit() == null
                        ? texts.of("offer.no_limit")
                        : texts.of("offer.limit", sold.limit());
        String country =
                sold.country() == null
                        ? texts.of("country.none")
                        : context.format().country(sold.country());
        String restart = selling.restartNeeded() ? "\n" + texts.of("offer.restart") : "";
        String problem = selling.problem() == null ? "" : "\n" + words(selling.problem());
        offer.setText(what + " · " + limit + " · " + country + restart + problem);
    }

    private void drawStake(@Nullable ShareStanding standing) {
        stake.setVisible(standing != null);
        if (standing == null) {
            return;
        }
        TokenAmount unbonding = standing.stake().unbonding();
        Instant from = standing.stake().withdrawableAt();
        Label staked =
                Pages.paragraph(
                        texts.of(
                                "stake.staked",
                                context.format().exact(standing.stake().staked()),
                                context.format().exact(standing.least())));
        staked.setId("share-staked");
        stake.getChildren().setAll(Pages.title(texts.of("stake")), staked);
        if (!standing.active()) {
            stake.getChildren().add(Pages.caption(texts.of("stake.inactive")));
        }
        FlowPane buttons = new FlowPane(10, 10);
        if (!standing.stake().staked().isZero()) {
            buttons.getChildren()
                    .add(Pages.button("share-unstake", texts.of("unstake"), controller::unstake));
        }
        if (!unbonding.isZero()) {
            stake.getChildren()
                    .add(
                            Pages.paragraph(
                                    texts.of(
                                            "stake.unbonding",
                                            context.format().exact(unbonding),
                                            context.format().moment(from))));
            Button withdraw =
                    Pages.button("share-withdraw", texts.of("withdraw"), controller::withdraw);
            withdraw.setDisable(context.clock().instant().isBefore(from));
            buttons.getChildren().add(withdraw);
        }
        stake.getChildren().addAll(Pages.caption(texts.of("stake.help")), buttons);
    }

    private Node fullnodePanel() {
        fullnode.setId("share-fullnode");
        fullnode.setAccessibleText(texts.of("fullnode"));
        fullnode.selectedProperty()
                .subscribe(
                        (_, now) -> {
                            if (!following) {
                                controller.fullnode(now);
                            }
                        });
        VBox words =
                new VBox(
                        2,
                        Pages.title(texts.of("fullnode")),
                        Pages.caption(texts.of("fullnode.help")));
        HBox.setHgrow(words, Priority.ALWAYS);
        fullnodeSays.setId("share-fullnode-says");
        Pages.folding(fullnodeSays);
        fullnodeSays.setVisible(false);
        return Pages.panel(Pages.row(words, fullnode), fullnodeSays);
    }

    private void drawFullnode(NodeStatus status) {
        FullnodeStatus lists = status.fullnode();
        Problem problem = status.role(RoleName.FULLNODE).problem();
        fullnodeSays.setVisible(lists != null || problem != null);
        if (problem != null) {
            fullnodeSays.setText(words(problem));
        } else if (lists != null) {
            fullnodeSays.setText(
                    texts.of(
                            "fullnode.says",
                            context.format().count(lists.offers()),
                            context.format().count(lists.online()),
                            context.format().count(lists.fullnodes())));
        }
    }
}
