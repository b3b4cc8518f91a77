package org.flowshield.app.firstrun;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.TypedWords;
import org.jspecify.annotations.Nullable;

/** Where the person is on the way. For the FX thread. */
final class FirstRunModel {

    /** The pages, in their order; {@link #WORDS} and {@link #VERIFY} or {@link #RESTORE}. */
    enum Page {
        WELCOME,
        CHOICE,
        WORDS,
        VERIFY,
        RESTORE,
        PASSWORD,
        SERVICE,
        DONE
    }

    /** What is known of the service. */
    enum Service {
        LOOKING,
        ABSENT,
        ANSWERS
    }

    private final ObjectProperty<Page> page = new SimpleObjectProperty<>(Page.WELCOME);
    private final ObjectProperty<@Nullable NewWords> words = new SimpleObjectProperty<>();
    private final BooleanProperty revealed = new SimpleBooleanProperty();
    private final BooleanProperty wrong = new SimpleBooleanProperty();
    private final IntegerProperty asked = new SimpleIntegerProperty();
    private final IntegerProperty round = new SimpleIntegerProperty();
    private final ObjectProperty<List<String>> options = new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<TypedWords> typed =
            new SimpleObjectProperty<>(TypedWords.of(new char[0]));
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final ObjectProperty<Service> service = new SimpleObjectProperty<>(Service.LOOKING);

    ObjectProperty<Page> page() {
        return page;
    }

    /** New ones, while they are shown and asked for; null else. */
    ObjectProperty<@Nullable NewWords> words() {
        return words;
    }

    /** Whether the words were looked at. */
    BooleanProperty revealed() {
        return revealed;
    }

    /** Whether a wrong word was chosen, so that they are shown again. */
    BooleanProperty wrong() {
        return wrong;
    }

    /** The place that is asked for, counted from 1. */
    IntegerProperty asked() {
        return asked;
    }

    /** Which question of the round it is, counted from 1. */
    IntegerProperty round() {
        return round;
    }

    /** What can be chosen; empty while nothing is asked. */
    ObjectProperty<List<String>> options() {
        return options;
    }

    /** What can be said of the words that are typed. */
    ObjectProperty<TypedWords> typed() {
        return typed;
    }

    BooleanProperty busy() {
        return busy;
    }

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    ObjectProperty<Service> service() {
        return service;
    }
}
