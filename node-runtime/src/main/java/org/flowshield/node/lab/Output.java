package org.flowshield.node.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The end of what a process has written to one stream, filled by a thread of its own so that the
 * process never blocks on a full pipe. Any thread may read.
 */
final class Output {

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock(); // guards text and ended
    private final Condition grown = lock.newCondition();
    private final StringBuilder text = new StringBuilder();
    private final Thread reader;
    private boolean ended;

    Output(InputStream stream, int limit) {
        this.limit = limit;
        // Reading a pipe holds a carrier: a few programs would leave virtual threads none.
        this.reader = Thread.ofPlatform().daemon().name("lab-output").start(() -> fill(stream));
    }

    private void fill(InputStream stream) {
        char[] buffer = new char[8192];
        try (Reader characters = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            for (int n = characters.read(buffer); n >= 0; n = characters.read(buffer)) {
                append(new String(buffer, 0, n), false);
            }
            append("", true);
        } catch (IOException e) {
            append("\n[the rest is lost: " + e.getMessage() + "]\n", true);
        }
    }

    private void append(String more, boolean last) {
        lock.lock();
        try {
            text.append(more);
            if (text.length() > limit) text.delete(0, text.length() - limit);
            ended = last;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    String text() {
        lock.lock();
        try {
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the stream's end, after which the text does not change. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return reader.join(atMost);
    }

    /** The first whole line that matches; empty if the stream ended or the time ran out. */
    Optional<String> awaitLine(Predicate<String> wanted, Duration atMost)
            throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (true) {
                String whole = text.substring(0, text.lastIndexOf("\n") + 1);
                Optional<String> line = whole.lines().filter(wanted).findFirst();
                if (line.isPresent() || ended || nanos <= 0) return line;
                nanos = grown.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
