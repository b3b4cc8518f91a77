package org.flowshield.app.shell;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.flowshield.app.navigation.Destination;

/** What the window shows. For the FX thread. */
final class ShellModel {

    private final ObjectProperty<Destination> place =
            new SimpleObjectProperty<>(Destination.CONNECT);
    private final BooleanProperty daemonAway = new SimpleBooleanProperty();

    /** Where the person is. */
    ObjectProperty<Destination> place() {
        return place;
    }

    /** Whether the page is covered by the one that says that nobody answers. */
    BooleanProperty daemonAway() {
        return daemonAway;
    }
}
