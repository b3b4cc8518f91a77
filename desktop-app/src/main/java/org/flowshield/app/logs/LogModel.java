package org.flowshield.app.logs;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogLevel;
import org.jspecify.annotations.Nullable;

/** What is shown of a log. For the FX thread. */
final class LogModel {

    private final BooleanProperty open = new SimpleBooleanProperty();
    private final BooleanProperty live = new SimpleBooleanProperty();
    private final ObjectProperty<LogSource> source = new SimpleObjectProperty<>(LogSource.SERVICE);
    private final ObjectProperty<LogLevel> level = new SimpleObjectProperty<>(LogLevel.INFO);
    private final ObjectProperty<@Nullable List<LogEntry>> entries = new SimpleObjectProperty<>();
    private final StringProperty saved = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();

    /** Whether somebody looks at one. */
    BooleanProperty open() {
        return open;
    }

    /** Whether the service answers. */
    BooleanProperty live() {
        return live;
    }

    ObjectProperty<LogSource> source() {
        return source;
    }

    /** What is lighter is not shown. */
    ObjectProperty<LogLevel> level() {
        return level;
    }

    /** The oldest first; null: it is not known what was written. */
    ObjectProperty<@Nullable List<LogEntry>> entries() {
        return entries;
    }

    /** The file that they were saved in; empty while they were not. */
    StringProperty saved() {
        return saved;
    }

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }
}
