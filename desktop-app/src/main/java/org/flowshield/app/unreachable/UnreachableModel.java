package org.flowshield.app.unreachable;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.jspecify.annotations.Nullable;

/** What is said while nobody answers. For the FX thread. */
final class UnreachableModel {

    private final StringProperty title = new SimpleStringProperty("");
    private final StringProperty meaning = new SimpleStringProperty("");
    private final StringProperty remedy = new SimpleStringProperty("");
    private final StringProperty command = new SimpleStringProperty("");
    private final BooleanProperty installable = new SimpleBooleanProperty();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();

    /** What happened. */
    StringProperty title() {
        return title;
    }

    /** What it means for the connection and for money. */
    StringProperty meaning() {
        return meaning;
    }

    /** What can be done. */
    StringProperty remedy() {
        return remedy;
    }

    /** To be typed in a terminal. */
    StringProperty command() {
        return command;
    }

    /** Whether the app can have the service installed. */
    BooleanProperty installable() {
        return installable;
    }

    /** Whether it is being installed. */
    BooleanProperty busy() {
        return busy;
    }

    /** Why it was not installed; null: nothing went wrong. */
    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }
}
