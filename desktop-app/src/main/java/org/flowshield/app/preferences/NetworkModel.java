package org.flowshield.app.preferences;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.api.network.MalformedWayException;
import org.flowshield.node.api.network.NetworkSettings;
import org.jspecify.annotations.Nullable;

/** What the page shows of the ways to the chain and to peers. For the FX thread. */
final class NetworkModel {

    /**
     * What is wrong with what was typed.
     *
     * @param position of the word that is wrong, from 1 on
     */
    record Wrong(MalformedWayException.Reason reason, int position) {}

    /** One of the two lists that can be typed. */
    static final class Ways {

        private final StringProperty typed = new SimpleStringProperty("");
        private final ObjectProperty<@Nullable Wrong> wrong = new SimpleObjectProperty<>();
        private final BooleanProperty usable = new SimpleBooleanProperty();
        private final BooleanProperty own = new SimpleBooleanProperty();

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

        /** Whether some of one's own are chosen, so that one can go back. */
        BooleanProperty own() {
            return own;
        }
    }

    private final ObjectProperty<@Nullable NetworkSettings> settings = new SimpleObjectProperty<>();
    private final BooleanProperty live = new SimpleBooleanProperty();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final Ways rpcs = new Ways();
    private final Ways bootstrap = new Ways();

    /** What the service says; null while it says nothing. */
    ObjectProperty<@Nullable NetworkSettings> settings() {
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

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    Ways rpcs() {
        return rpcs;
    }

    Ways bootstrap() {
        return bootstrap;
    }
}
