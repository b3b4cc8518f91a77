package org.flowshield.app.unreachable;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What is said while nobody answers. For the FX thread. */
final class UnreachableModel {

    private final StringProperty title = new SimpleStringProperty("");
    private final StringProperty meaning = new SimpleStringProperty("");
    private final StringProperty remedy = new SimpleStringProperty("");
    private final StringProperty command = new SimpleStringProperty("");

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
}
