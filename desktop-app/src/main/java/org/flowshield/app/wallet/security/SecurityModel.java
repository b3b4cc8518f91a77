package org.flowshield.app.wallet.security;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.desk.wallet.SecretWords;
import org.jspecify.annotations.Nullable;

/** What is done with the wallet's secrets. For the FX thread. */
final class SecurityModel {

    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final StringProperty said = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable SecretWords> words = new SimpleObjectProperty<>();

    BooleanProperty busy() {
        return busy;
    }

    StringProperty said() {
        return said;
    }

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    /** While they are shown; null else. */
    ObjectProperty<@Nullable SecretWords> words() {
        return words;
    }
}
