package org.flowshield.node.logging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries to a file that only its owner may read; once it is full it becomes the one before,
 * in the place of an older one. Nothing is opened, and no thread is there, while there is nothing
 * to write. What can't be written is not written, and that is all. Safe for use by any thread.
 */
public final class LogFile implements AutoCloseable {

    /** Of each of the two: months of a program that is well. */
    static final long MAX_BYTES = 1 << 20;

    /** A disk that hangs costs no more memory than that; newer entries are left out then. */
    static final int MAX_WAITING = 256;

    /** A disk that hangs keeps nobody from leaving. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNERS_FOLDER =
            PosixFilePermissions.fromString("rwx------");

    private static final Set<OpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);

    private final Path file;
    private final LogText text;
    private final boolean posix;

    /** Protects all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition written = lock.newCondition();
    private final Deque<LogEntry> waiting = new ArrayDeque<>();
    private boolean writing;

    public LogFile(Path file, LogText text) {
        this.file = file.toAbsolutePath();
        this.text = text;
        this.posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    public Path path() {
        return file;
    }

    /** What was written before {@link #path} was begun. */
    public Path before() {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /** Has it written soon. Does not wait. */
    public void write(LogEntry entry) {
        lock.lock();
        try {
            if (waiting.size() == MAX_WAITING) {
                return;
            }
            waiting.addLast(entry);
            if (!writing) {
                writing = true;
                Thread _ = Thread.ofVirtual().name("log-file").start(this::writeAll);
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeAll() {
        for (LogEntry entry = next(); entry != null; entry = next()) {
            try {
                append(text.of(entry) + System.lineSeparator());
            } catch (IOException e) {
                // A full disk or a folder of somebody else's; the entry is on standard error.
            }
        }
    }

    private @Nullable LogEntry next() {
        lock.lock();
        try {
            LogEntry next = waiting.pollFirst();
            if (next == null) {
                writing = false;
                written.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void append(String line) throws IOException {
        makeFolder();
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (Files.exists(file) && Files.size(file) + bytes.length > MAX_BYTES) {
            Path _ = Files.move(file, before(), StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel out = FileChannel.open(file, APPENDING, owners(OWNER))) {
            if (posix) {
                Path _ = Files.setPosixFilePermissions(file, OWNER); // it was there already
            }
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                int _ = out.write(left);
            }
        }
    }

    private void makeFolder() throws IOException {
        Path folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Path _ = Files.createDirectories(folder, owners(OWNERS_FOLDER));
        }
    }

    private FileAttribute<?>[] owners(Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Whether all was written within that time. */
    boolean awaitWritten(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (writing && left > 0) {
                left = written.awaitNanos(left);
            }
            return !writing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits a moment for what is still to be written. */
    @Override
    public void close() {
        boolean _ = awaitWritten(LAST_WORDS);
    }
}
