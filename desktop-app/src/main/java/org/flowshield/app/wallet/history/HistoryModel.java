package org.flowshield.app.wallet.history;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.wallet.history.HistoryEntry;
import org.jspecify.annotations.Nullable;

/** What is shown of the past. For the FX thread. */
final class HistoryModel {

    private final ObjectProperty<List<HistoryEntry>> entries =
            new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<List<HistoryEntry>> found = new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<@Nullable HistoryEntry> selected = new SimpleObjectProperty<>();
    private final StringProperty search = new SimpleStringProperty("");
    private final StringProperty said = new SimpleStringProperty("");
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();

    /** All, the newest first. */
    ObjectProperty<List<HistoryEntry>> entries() {
        return entries;
    }

    /** Those that the search found. */
    ObjectProperty<List<HistoryEntry>> found() {
        return found;
    }

    ObjectProperty<@Nullable HistoryEntry> selected() {
        return selected;
    }

    StringProperty search() {
        return search;
    }

    /** Good news of what was asked for. */
    StringProperty said() {
        return said;
    }

    BooleanProperty busy() {
        return busy;
    }

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }
}
