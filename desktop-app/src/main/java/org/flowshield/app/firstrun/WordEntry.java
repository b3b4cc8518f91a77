package org.flowshield.app.firstrun;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Texts;
import org.flowshield.node.desk.wallet.TypedWords;

/**
 * Where the words of a wallet are typed or pasted: completes the one at the end, numbers all, marks
 * the wrong one and says which may have been meant. For the FX thread.
 */
final class WordEntry extends VBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final TextArea area = new TextArea();
    private final FlowPane near = new FlowPane(8, 8);
    private final FlowPane numbered = new FlowPane(8, 8);
    private final Label state = Pages.paragraph("");
    private final FirstRunController controller;
    private final Texts texts;

    WordEntry(FirstRunController controller, ObjectProperty<TypedWords> typed, Texts texts) {
        this.controller = controller;
        this.texts = texts;
        area.setId("restore-words");
        area.setWrapText(true);
        area.setPrefRowCount(3);
        area.getStyleClass().add("words-area");
        area.textProperty().subscribe(_ -> controller.typed(characters()));
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        state.setId("restore-state");
        near.setId("restore-near");
        setSpacing(12);
        getChildren()
                .setAll(
                        Pages.field(texts.of("restore.field"), area),
                        Pages.folding(near),
                        state,
                        numbered);
        typed.subscribe(this::show);
    }

    /** All that stands there; the caller wipes it. */
    char[] characters() {
        return area.getText().toCharArray();
    }

    void focus() {
        area.requestFocus();
    }

    /** Nothing stays to be read. */
    void clear() {
        area.clear();
        numbered.getChildren().clear();
        near.getChildren().clear();
    }

    /** Tab completes while there is something to complete; else it leaves, as everywhere. */
    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            controller.restoreWith(characters());
            event.consume();
        } else if (event.getCode() == KeyCode.TAB && !event.isShiftDown()) {
            List<String> possible = completions();
            if (possible.isEmpty()) {
                near.requestFocus();
                moveOn(event);
            } else {
                complete(possible.getFirst());
                event.consume();
            }
        } else if (event.getCode() == KeyCode.TAB) {
            var _ = area.requestFocusTraversal(javafx.scene.TraversalDirection.PREVIOUS);
            event.consume();
        }
    }

    private void moveOn(KeyEvent event) {
        area.requestFocus();
        var _ = area.requestFocusTraversal(javafx.scene.TraversalDirection.NEXT);
        event.consume();
    }

    private List<String> completions() {
        char[] last = last(characters());
        try {
            if (last.length == 0) {
                return List.of();
            }
            List<String> possible = TypedWords.completions(last);
            return possible.size() == 1 && possible.getFirst().equals(new String(last))
                    ? List.of()
                    : possible;
        } finally {
            Arrays.fill(last, '\0');
        }
    }

    /**
     * The word that is being typed: what stands behind the last white space. Wipes what it gets.
     */
    private static char[] last(char[] all) {
        int from = all.length;
        while (from > 0 && !Character.isWhitespace(all[from - 1])) {
            from--;
        }
        char[] last = Arrays.copyOfRange(all, from, all.length);
        for (int i = 0; i < last.length; i++) {
            last[i] = Character.toLowerCase(last[i]);
        }
        Arrays.fill(all, '\0');
        return last;
    }

    private void complete(String word) {
        String text = area.getText();
        int from = text.length();
        while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        area.setText(text.substring(0, from) + word + " ");
        area.end();
        area.requestFocus();
    }

    private void replace(int place, String word) {
        String[] words = area.getText().strip().split("\\s+", -1);
        if (place <= words.length) {
            words[place - 1] = word;
            area.setText(String.join(" ", words));
            area.end();
            area.requestFocus();
        }
    }

    private void show(TypedWords typed) {
        state.setText(said(typed));
        boolean whole = typed.state() == TypedWords.State.WHOLE;
        state.getStyleClass().removeAll("good-text", "bad-text");
        boolean wrong = isWrong(typed);
        state.getStyleClass().add(whole ? "good-text" : wrong ? "bad-text" : "caption");
        near.getChildren().clear();
        if (wrong && typed.place() > 0) {
            typed.near().forEach(word -> suggest(word, () -> replace(typed.place(), word)));
        } else if (!whole) {
            completions().forEach(word -> suggest(word, () -> complete(word)));
        }
        near.setVisible(!near.getChildren().isEmpty());
        number(wrong ? typed.place() : 0);
    }

    /** A word that is still being typed is not wrong yet. */
    private boolean isWrong(TypedWords typed) {
        return switch (typed.state()) {
            case WHOLE, COUNT -> false;
            case CHECKSUM, TOO_LONG -> true;
            case UNKNOWN_WORD -> typed.place() < count() || completions().isEmpty();
        };
    }

    private int count() {
        String text = area.getText().strip();
        return text.isEmpty() ? 0 : text.split("\\s+", -1).length;
    }

    private void suggest(String word, Runnable take) {
        Button button = new Button(word);
        button.getStyleClass().addAll("small", "suggestion");
        button.setOnAction(_ -> take.run());
        near.getChildren().add(button);
    }

    private void number(int wrongPlace) {
        numbered.getChildren().clear();
        String text = area.getText().strip();
        if (text.isEmpty()) {
            return;
        }
        int place = 1;
        for (String word : text.split("\\s+", -1)) {
            Label label = new Label(place + "  " + word.toLowerCase(Locale.ROOT));
            label.getStyleClass().add("word-chip");
            label.pseudoClassStateChanged(WRONG, place == wrongPlace);
            if (place == wrongPlace) {
                label.setText(label.getText() + "  ✕");
            }
            numbered.getChildren().add(label);
            place++;
        }
    }

    private String said(TypedWords typed) {
        return switch (typed.state()) {
            case WHOLE -> texts.of("restore.whole");
            case COUNT -> texts.of("restore.count", count());
            case UNKNOWN_WORD ->
                    isWrong(typed)
                            ? texts.of("restore.unknown", typed.place())
                            : texts.of("restore.count", count());
            case CHECKSUM -> texts.of("restore.checksum");
            case TOO_LONG -> texts.of("restore.too_long");
        };
    }
}
