package org.flowshield.app.preferences;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.MalformedDnsServerException;
import org.jspecify.annotations.Nullable;

/** What the page shows of the client's connections. For the FX thread. */
final class ConnectionModel {

    /**
     * What is wrong with what was typed.
     *
     * @param shown the word that is wrong, or its beginning
     */
    record Wrong(MalformedDnsServerException.Reason reason, String shown) {}

    private final ObjectProperty<@Nullable ClientSettings> settings = new SimpleObjectProperty<>();
    private final BooleanProperty live = new SimpleBooleanProperty();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final BooleanProperty lan = new SimpleBooleanProperty();
    private final BooleanProperty own = new SimpleBooleanProperty();
    private final StringProperty typed = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Wrong> wrong = new SimpleObjectProperty<>();
    private final BooleanProperty usable = new SimpleBooleanProperty();
    private final BooleanProperty inUse = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();

    /** What the service says that holds; null while it says nothing. */
    ObjectProperty<@Nullable ClientSettings> settings() {
        return settings;
    }

    /** Whether the service answers. */
    BooleanProperty live() {
        return live;
    }

    /** Whether a change is on its way. */
    BooleanProperty busy() {
        return busy;
    }

    BooleanProperty lan() {
        return lan;
    }

    /**
     * Whether servers of one's own are shown; they hold only once they are in {@link #settings}.
     */
    BooleanProperty own() {
        return own;
    }

    StringProperty typed() {
        return typed;
    }

    /** Null: nothing is. */
    ObjectProperty<@Nullable Wrong> wrong() {
        return wrong;
    }

    /** Whether what was typed can be put into force. */
    BooleanProperty usable() {
        return usable;
    }

    /** Whether what was typed is what holds. */
    BooleanProperty inUse() {
        return inUse;
    }

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }
}
