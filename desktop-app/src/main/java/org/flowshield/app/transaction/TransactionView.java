package org.flowshield.app.transaction;

import java.util.Objects;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.flowshield.app.errors.Commands;
import org.flowshield.app.page.Pages;
import org.flowshield.app.secret.UnlockPane;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.flowshield.app.transaction.TransactionModel.Stage;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Draws what is signed, over the page that it was begun on. The button that signs never has the
 * focus at first, and does nothing in its first moment: what was meant for the page before is not
 * taken for a yes. For the FX thread.
 */
public final class TransactionView {

    /** Longer than a double click or a key that is held a little too long. */
    private static final Duration ARMING = Duration.millis(700);

    private static final double WIDTH = 640;

    private final TransactionModel model;
    private final TransactionController controller;
    private final Texts texts;
    private final Words words;
    private final String network;
    private final UnlockPane unlock;
    private final VBox page = new VBox();
    private final StackPane root;
    private final BooleanProperty armed = new SimpleBooleanProperty();
    private final PauseTransition arming = new PauseTransition(ARMING);

    /**
     * @param texts of the part {@code transaction}
     * @param secret texts of the part of that name
     * @param network what it is called
     * @param gasSymbol what it calls its coin
     */
    public TransactionView(
            TransactionModel model,
            TransactionController controller,
            Texts texts,
            Texts secret,
            Format format,
            String network,
            String gasSymbol) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        this.words = new Words(texts, format, gasSymbol);
        this.network = network;
        this.unlock =
                new UnlockPane("transaction-unlock", secret, model.unlocking(), controller::unlock);
        page.getStyleClass().addAll("page", "transaction");
        page.setMaxWidth(WIDTH);
        StackPane wide = new StackPane(page);
        wide.setAlignment(Pos.TOP_CENTER);
        wide.getStyleClass().add("transaction-ground");
        root = new StackPane(Pages.scrolling(wide));
        root.getStyleClass().add("transaction-ground");
        root.getStylesheets().add(Themes.sheet(TransactionView.class, "transaction.css"));
        root.visibleProperty().bind(model.stage().isNotEqualTo(Stage.IDLE));
        root.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        controller.close();
                        event.consume();
                    }
                });
        arming.setOnFinished(_ -> armed.set(true));
        model.stage().subscribe(_ -> draw());
        model.steps().subscribe(this::drawSteps);
        model.unlocking().subscribe(_ -> typeAgain());
    }

    /** Seen only while something is signed; lies over the page. */
    public Region root() {
        return root;
    }

    private void drawSteps() {
        if (model.stage().get() == Stage.WORKING) {
            draw();
        }
    }

    private void draw() {
        Purpose purpose = model.purpose().get();
        Stage stage = model.stage().get();
        if (stage != Stage.LOCKED) {
            unlock.clear();
        }
        if (purpose == null || stage == Stage.IDLE) {
            page.getChildren().clear();
            return;
        }
        Label heading = Pages.heading(purpose.title());
        heading.setId("transaction-title");
        page.getChildren().setAll(heading);
        switch (stage) {
            case IDLE -> {}
            case PREPARING -> add(busy(texts.of("preparing")));
            case LOCKED -> locked();
            case PLAN -> plan(purpose, Objects.requireNonNull(model.plan().get()));
            case PROPOSAL -> proposal(purpose, Objects.requireNonNull(model.proposal().get()));
            case WORKING -> working();
            case ENDED -> ending(Objects.requireNonNull(model.ending().get()));
            case FAILED -> failure();
        }
    }

    private void add(Node... nodes) {
        page.getChildren().addAll(nodes);
    }

    private static Node busy(String text) {
        ProgressIndicator turning = new ProgressIndicator();
        turning.setMaxSize(28, 28);
        turning.setMinSize(28, 28);
        Label label = Pages.paragraph(text);
        return Pages.row(turning, label);
    }

    private void plan(Purpose purpose, Plan plan) {
        VBox list = Pages.panel();
        int number = 1;
        for (Planned step : plan.steps()) {
            Label line = Pages.paragraph(number++ + ".  " + words.planned(step));
            list.getChildren().add(line);
        }
        list.setId("transaction-plan");
        add(Pages.paragraph(texts.of("plan.intro")), list);
        GridPane grid = grid();
        int row = 0;
        line(grid, row++, texts.of("line.network"), network, "");
        Wei most = controller.most();
        if (!most.isZero()) {
            line(grid, row++, texts.of("fee"), texts.of("plan.fee", words.gas(most)), "");
        }
        add(Pages.panel(grid), next(purpose.next()), buttons(purpose.button()));
    }

    private void proposal(Purpose purpose, Proposal proposal) {
        GridPane grid = grid();
        int row = 0;
        for (Proposal.Line line : proposal.lines()) {
            if (!line.label().equals("fee")) {
                line(grid, row++, words.label(line), words.value(line), line.meaning());
            }
        }
        GasFee gas = proposal.gas();
        line(grid, row++, texts.of("fee"), gas == null ? texts.of("fee.none") : words.fee(gas), "");
        String total = purpose.total();
        if (total != null) {
            line(
                    grid,
                    row++,
                    texts.of("total"),
                    gas == null
                            ? total
                            : texts.of("total.with_fee", total, words.gas(gas.atMost())),
                    "");
        }
        VBox panel = Pages.panel(grid);
        panel.setId("transaction-proposal");
        add(
                Pages.paragraph(texts.of("proposal.intro")),
                panel,
                next(purpose.next()),
                buttons(purpose.button()));
    }

    private void locked() {
        Button back = Pages.button("transaction-back", texts.of("decline"), controller::close);
        add(Pages.failure(texts, "transaction-failure", model.failure()), unlock, Pages.row(back));
        javafx.application.Platform.runLater(unlock::focus);
    }

    /** What was wrong is typed again: the focus has left the button that could not be clicked. */
    private void typeAgain() {
        if (model.stage().get() == Stage.LOCKED && !model.unlocking().get()) {
            unlock.focus();
        }
    }

    private static GridPane grid() {
        GridPane grid = new GridPane(18, 10);
        return grid;
    }

    private void line(GridPane grid, int row, String label, String value, String meaning) {
        Label name = Pages.caption(label);
        name.setMinWidth(130);
        name.setPrefWidth(150);
        Label said = Pages.paragraph(value);
        said.getStyleClass().add(value.startsWith("0x") ? "address-text" : "value-text");
        VBox both = new VBox(2, said);
        if (!meaning.isEmpty()) {
            both.getChildren().add(Pages.caption(meaning(meaning)));
        }
        GridPane.setHgrow(both, Priority.ALWAYS);
        GridPane.setValignment(name, javafx.geometry.VPos.TOP);
        grid.addRow(row, name, both);
    }

    private String meaning(String meaning) {
        String key = "meaning." + meaning.replace(' ', '_');
        return texts.has(key) ? texts.of(key) : meaning;
    }

    private Node next(String text) {
        Label title = Pages.title(texts.of("next"));
        Label said = Pages.caption(text);
        said.setId("transaction-next");
        return new VBox(4, title, said);
    }

    private Node buttons(String action) {
        Button sign = Pages.accent("transaction-agree", action, controller::agree);
        armed.set(false);
        arming.playFromStart();
        sign.disableProperty().bind(Bindings.or(model.answered(), armed.not()));
        sign.setDefaultButton(false);
        Button back = Pages.button("transaction-decline", texts.of("decline"), controller::decline);
        back.disableProperty().bind(model.answered());
        javafx.application.Platform.runLater(back::requestFocus);
        return Pages.row(back, Pages.spring(), sign);
    }

    private void working() {
        VBox list = Pages.panel();
        list.setId("transaction-steps");
        for (Step step : model.steps()) {
            list.getChildren().add(done(words.step(step)));
        }
        if (list.getChildren().isEmpty()) {
            list.getChildren().add(Pages.paragraph(texts.of("signing")));
        }
        add(list, busy(texts.of("working")), Pages.caption(texts.of("working.leave")));
    }

    private static Label done(String text) {
        Label label = Pages.paragraph(text);
        label.setGraphic(new FontIcon(Feather.CHECK));
        label.setGraphicTextGap(10);
        return label;
    }

    private void ending(Ending ending) {
        FontIcon icon =
                new FontIcon(ending.isGood() ? Feather.CHECK_CIRCLE : Feather.ALERT_TRIANGLE);
        icon.setIconSize(40);
        icon.getStyleClass().add(ending.isGood() ? "good-icon" : "bad-icon");
        Label said = Pages.whole(new Label(words.ended(ending)));
        said.setId("transaction-ended");
        said.getStyleClass().add("figure");
        Label moved = Pages.paragraph(words.moved(ending));
        moved.setId("transaction-moved");
        add(icon, said, moved);
        if (ending instanceof Ending.Undone undone) {
            add(Pages.paragraph(Commands.without(undone.why())));
        }
        String cost = words.cost(ending);
        if (cost != null) {
            add(Pages.caption(cost));
        }
        TransactionHash hash = Words.transaction(ending);
        if (hash != null) {
            add(Pages.field(texts.of("hash"), hash(hash)));
        }
        add(close(texts.of("close")));
    }

    private static TextField hash(TransactionHash hash) {
        TextField field = new TextField(hash.toString());
        field.setId("transaction-hash");
        field.setEditable(false);
        field.getStyleClass().add("mono");
        return field;
    }

    private void failure() {
        FontIcon icon = new FontIcon(Feather.ALERT_TRIANGLE);
        icon.setIconSize(40);
        icon.getStyleClass().add("bad-icon");
        Label said = Pages.whole(new Label(texts.of("failed")));
        said.getStyleClass().add("figure");
        add(icon, said, failedMoved());
        add(Pages.failure(texts, "transaction-failure", model.failure()), close(texts.of("back")));
    }

    private Label failedMoved() {
        boolean part = model.signed().get() != null;
        Label moved = Pages.paragraph(texts.of(part ? "failed.part" : "failed.moved"));
        moved.setId("transaction-failed-moved");
        return moved;
    }

    private Node close(String text) {
        Button close = Pages.accent("transaction-close", text, controller::close);
        javafx.application.Platform.runLater(close::requestFocus);
        return Pages.row(close);
    }
}
