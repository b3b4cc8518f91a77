package org.flowshield.app.connect;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.api.ClientState;
import org.jspecify.annotations.Nullable;

/** What the screen shows. For the FX thread. */
final class ConnectModel {

    private final ObjectProperty<ClientState> state =
            new SimpleObjectProperty<>(ClientState.DISCONNECTED);
    private final StringProperty provider = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();

    /** Where the client stands. */
    ObjectProperty<ClientState> state() {
        return state;
    }

    /** Whom it is connected to or tries. */
    StringProperty provider() {
        return provider;
    }

    /** Why the last thing that was asked for was not done; null: nothing failed. */
    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }
}
