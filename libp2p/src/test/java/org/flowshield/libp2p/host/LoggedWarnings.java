package org.flowshield.libp2p.host;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged while this is open that an operator would see: warnings and worse, and traces. */
final class LoggedWarnings extends Handler implements AutoCloseable {

    private final List<String> records = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");

    LoggedWarnings() {
        setLevel(Level.INFO);
        root.addHandler(this);
    }

    List<String> records() {
        return records;
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue() || entry.getThrown() != null) {
            records.add(entry.getLoggerName() + ": " + entry.getMessage());
        }
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
