package org.flowshield.app.wallet.send;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.desk.money.AddressCheck;
import org.flowshield.node.desk.money.AmountCheck;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.wallet.history.Coin;
import org.jspecify.annotations.Nullable;

/** What is filled in, and what is wrong with it. For the FX thread. */
final class SendModel {

    private final StringProperty to = new SimpleStringProperty("");
    private final StringProperty amount = new SimpleStringProperty("");
    private final ObjectProperty<Coin> coin = new SimpleObjectProperty<>(Coin.FLOW);
    private final ObjectProperty<@Nullable AddressCheck> receiver = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable AmountCheck> sum = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable GasFee> fee = new SimpleObjectProperty<>();
    private final BooleanProperty asking = new SimpleBooleanProperty();
    private final BooleanProperty ready = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();

    StringProperty to() {
        return to;
    }

    StringProperty amount() {
        return amount;
    }

    ObjectProperty<Coin> coin() {
        return coin;
    }

    /** What can be said of the receiver. */
    ObjectProperty<@Nullable AddressCheck> receiver() {
        return receiver;
    }

    /** What can be said of the amount. */
    ObjectProperty<@Nullable AmountCheck> sum() {
        return sum;
    }

    /** What it would cost; null while that is not known. */
    ObjectProperty<@Nullable GasFee> fee() {
        return fee;
    }

    /** Whether the chain is being asked. */
    BooleanProperty asking() {
        return asking;
    }

    /** Whether it can be looked at once more, and signed. */
    BooleanProperty ready() {
        return ready;
    }

    /** Why the chain would not take it, or could not be asked. */
    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }
}
