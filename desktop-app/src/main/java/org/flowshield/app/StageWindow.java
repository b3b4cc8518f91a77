package org.flowshield.app;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.flowshield.app.presence.Window;
import org.flowshield.app.text.Texts;

/** The window of the app. For the FX thread. */
final class StageWindow implements Window {

    private static final double QUESTION_WIDTH = 420;

    private final Stage stage;
    private final Supplier<Texts> texts;

    /**
     * @param texts of the part {@code presence}, in the language that is chosen then
     */
    StageWindow(Stage stage, Supplier<Texts> texts) {
        this.stage = stage;
        this.texts = texts;
    }

    @Override
    public boolean isInFront() {
        return stage.isShowing() && stage.isFocused() && !stage.isIconified();
    }

    @Override
    public void raise() {
        stage.show();
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    @Override
    public void hide() {
        stage.hide();
    }

    @Override
    public void quit() {
        Platform.exit();
    }

    @Override
    public boolean mayQuitConnected() {
        Texts texts = this.texts.get();
        ButtonType yes = new ButtonType(texts.of("quit.yes"), ButtonBar.ButtonData.OK_DONE);
        ButtonType no = new ButtonType(texts.of("quit.no"), ButtonBar.ButtonData.CANCEL_CLOSE);
        Alert question = new Alert(Alert.AlertType.NONE, "", no, yes);
        question.initOwner(stage);
        question.setTitle("FlowShield");
        question.setHeaderText(texts.of("quit.title"));
        Label words = new Label(texts.of("quit.words"));
        words.setWrapText(true);
        words.setMaxWidth(QUESTION_WIDTH);
        words.setMinHeight(Region.USE_PREF_SIZE);
        question.getDialogPane().setContent(words);
        Optional<ButtonType> answer = question.showAndWait();
        return answer.filter(yes::equals).isPresent();
    }
}
