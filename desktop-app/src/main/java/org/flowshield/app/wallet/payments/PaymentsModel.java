package org.flowshield.app.wallet.payments;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.desk.money.Purse;
import org.jspecify.annotations.Nullable;

/** What the service may spend, as far as it is known. For the FX thread. */
final class PaymentsModel {

    private final ObjectProperty<@Nullable PaymentStatus> status = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Purse> purse = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Spending> spending = new SimpleObjectProperty<>();
    private final ObjectProperty<List<ChannelStatus>> channels =
            new SimpleObjectProperty<>(List.of());
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final StringProperty said = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();

    /** By the service's word; null while it does not answer. */
    ObjectProperty<@Nullable PaymentStatus> status() {
        return status;
    }

    /** By the chain's word; null until it has said. */
    ObjectProperty<@Nullable Purse> purse() {
        return purse;
    }

    ObjectProperty<@Nullable Spending> spending() {
        return spending;
    }

    /** Those that this computer pays by, and that are not closed. */
    ObjectProperty<List<ChannelStatus>> channels() {
        return channels;
    }

    BooleanProperty busy() {
        return busy;
    }

    /** Good news of what was asked for. */
    StringProperty said() {
        return said;
    }

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }
}
