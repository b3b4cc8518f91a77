package org.flowshield.app.unreachable;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.control.FailurePane;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.service.ServiceSetup;
import org.flowshield.app.text.Texts;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Stands for every screen that needs the daemon while it does not answer. For the FX thread. */
public final class UnreachableScreen implements Screen {

    /** Longer lines are hard to read. */
    private static final double TEXT_WIDTH = 520;

    private final UnreachableController controller;
    private final VBox root;

    /**
     * @param setup installs a service that is not there
     */
    public UnreachableScreen(Context context, ServiceSetup setup) {
        Texts texts = context.texts("unreachable");
        UnreachableModel model = new UnreachableModel();
        this.controller =
                new UnreachableController(
                        model, context.daemon(), texts, context.ui(), context.work(), setup);
        this.root = view(model, texts);
    }

    private VBox view(UnreachableModel model, Texts texts) {
        FontIcon icon = new FontIcon(Feather.CLOUD_OFF);
        icon.getStyleClass().add("icon-large");
        Label title = new Label();
        title.setId("unreachable-title");
        title.getStyleClass().add("heading");
        title.textProperty().bind(model.title());
        Label meaning = paragraph("unreachable-meaning");
        meaning.textProperty().bind(model.meaning());
        Label remedy = paragraph("unreachable-remedy");
        remedy.textProperty().bind(model.remedy());
        TextField command = new TextField();
        command.setId("unreachable-command");
        command.getStyleClass().add("mono");
        command.setEditable(false);
        command.setMaxWidth(TEXT_WIDTH);
        command.setAccessibleText(texts.of("command.name"));
        command.textProperty().bind(model.command());
        Button retry = new Button(texts.of("retry"), new FontIcon(Feather.REFRESH_CW));
        retry.setId("unreachable-retry");
        retry.getStyleClass().add("accent");
        retry.setOnAction(_ -> controller.retry());
        Button install =
                Pages.button("unreachable-install", texts.of("install"), controller::install);
        install.disableProperty().bind(model.busy());
        Label asks = paragraph("unreachable-asks");
        asks.setText(texts.of("asks"));
        asks.getStyleClass().add("caption");
        install.visibleProperty().bind(model.installable());
        asks.visibleProperty().bind(model.installable());
        FailurePane failure = Pages.failure(texts, "unreachable-failure", model.failure());
        failure.setMaxWidth(TEXT_WIDTH);
        HBox buttons = new HBox(10, retry, Pages.folding(install));
        buttons.setAlignment(Pos.CENTER);
        VBox page =
                new VBox(
                        icon,
                        title,
                        meaning,
                        remedy,
                        command,
                        buttons,
                        Pages.folding(asks),
                        failure);
        page.getStyleClass().add("page");
        page.setAlignment(Pos.CENTER);
        return page;
    }

    private static Label paragraph(String id) {
        Label label = new Label();
        label.setId(id);
        label.setWrapText(true);
        label.setMaxWidth(TEXT_WIDTH);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        controller.shown();
    }

    @Override
    public void hidden() {
        controller.hidden();
    }
}
