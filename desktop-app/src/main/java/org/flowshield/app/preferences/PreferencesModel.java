package org.flowshield.app.preferences;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.jspecify.annotations.Nullable;

/** What the page shows. For the FX thread. */
final class PreferencesModel {

    private final ObjectProperty<Brightness> brightness =
            new SimpleObjectProperty<>(Brightness.SYSTEM);
    private final ObjectProperty<@Nullable Language> language = new SimpleObjectProperty<>();
    private final BooleanProperty autostart = new SimpleBooleanProperty();
    private final BooleanProperty notifications = new SimpleBooleanProperty();
    private final BooleanProperty hideBalances = new SimpleBooleanProperty();
    private final ObjectProperty<DaemonState> daemon =
            new SimpleObjectProperty<>(new DaemonState.Unknown());
    private final StringProperty report = new SimpleStringProperty("");
    private final StringProperty saved = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();

    ObjectProperty<Brightness> brightness() {
        return brightness;
    }

    /** Null: the system's. */
    ObjectProperty<@Nullable Language> language() {
        return language;
    }

    BooleanProperty autostart() {
        return autostart;
    }

    BooleanProperty notifications() {
        return notifications;
    }

    BooleanProperty hideBalances() {
        return hideBalances;
    }

    /** How the service stands. */
    ObjectProperty<DaemonState> daemon() {
        return daemon;
    }

    /** What would be sent; empty while nobody has asked for it. */
    StringProperty report() {
        return report;
    }

    /** The file that it was saved in; empty while it was not. */
    StringProperty saved() {
        return saved;
    }

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }
}
