package org.flowshield.app.connect;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.api.Problem;
import org.jspecify.annotations.Nullable;

/** What the screen shows. For the FX thread. */
final class ConnectModel {

    private final ObjectProperty<Phase> phase = new SimpleObjectProperty<>(Phase.UNKNOWN);
    private final StringProperty provider = new SimpleStringProperty("");
    private final StringProperty country = new SimpleStringProperty("");
    private final StringProperty elapsed = new SimpleStringProperty("");
    private final StringProperty price = new SimpleStringProperty("");
    private final StringProperty spent = new SimpleStringProperty("");
    private final StringProperty capLeft = new SimpleStringProperty("");
    private final StringProperty down = new SimpleStringProperty("");
    private final StringProperty up = new SimpleStringProperty("");
    private final StringProperty carried = new SimpleStringProperty("");
    private final StringProperty nextAttempt = new SimpleStringProperty("");
    private final BooleanProperty blocked = new SimpleBooleanProperty();
    private final LongProperty ticks = new SimpleLongProperty();
    private final ObjectProperty<@Nullable Offer> offer = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Obstacle> obstacle = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Problem> trouble = new SimpleObjectProperty<>();
    private final ObservableList<Tried> tried = FXCollections.observableArrayList();
    private final ObservableList<Target> targets = FXCollections.observableArrayList(Target.BEST);

    /** Where the connection stands. */
    ObjectProperty<Phase> phase() {
        return phase;
    }

    /** Whether traffic is blocked whatever somebody is about to ask for. */
    BooleanProperty blocked() {
        return blocked;
    }

    /** Whom it is connected to or tries; empty: nobody. */
    StringProperty provider() {
        return provider;
    }

    /** Where that one says that it is. */
    StringProperty country() {
        return country;
    }

    /** How long the session lasts. */
    StringProperty elapsed() {
        return elapsed;
    }

    /** For a GiB. */
    StringProperty price() {
        return price;
    }

    /** In this session. */
    StringProperty spent() {
        return spent;
    }

    /** What the caps leave. */
    StringProperty capLeft() {
        return capLeft;
    }

    /** The present rate. */
    StringProperty down() {
        return down;
    }

    /** The present rate. */
    StringProperty up() {
        return up;
    }

    /** All bytes of the session. */
    StringProperty carried() {
        return carried;
    }

    /** When it is tried again; empty: now, or not at all. */
    StringProperty nextAttempt() {
        return nextAttempt;
    }

    /** Grows when the chart is to be drawn anew. */
    LongProperty ticks() {
        return ticks;
    }

    /** The price that waits for a yes; null: none does. */
    ObjectProperty<@Nullable Offer> offer() {
        return offer;
    }

    /** Why a price can't be paid; null: it can, or was not asked. */
    ObjectProperty<@Nullable Obstacle> obstacle() {
        return obstacle;
    }

    /** Why the last thing that was asked for was not done; null: nothing failed. */
    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    /** What the daemon says is wrong with the session; null: all is well. */
    ObjectProperty<@Nullable Problem> trouble() {
        return trouble;
    }

    /** Who was given up. */
    ObservableList<Tried> tried() {
        return tried;
    }

    /** Whom one can choose. */
    ObservableList<Target> targets() {
        return targets;
    }
}
