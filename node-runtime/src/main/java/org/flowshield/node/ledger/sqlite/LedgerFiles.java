package org.flowshield.node.ledger.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.LedgerException.Reason;

/**
 * The folder of a ledger, held by one process at a time: the lock goes with the process, however it
 * ends. Only the user that the node runs as can read what is in it.
 */
final class LedgerFiles implements AutoCloseable {

    private static final Set<PosixFilePermission> FOLDER_MODE =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_MODE =
            PosixFilePermissions.fromString("rw-------");

    /** Where the driver unpacks its native code. */
    private static final String LIBRARY_FOLDER = "org.sqlite.tmpdir";

    private static final String DATABASE = "ledger.db";
    private static final String LOG = "vouchers.log";
    private static final String LOCK = "ledger.lock";

    private final Path folder;
    private final FileChannel lock;

    private LedgerFiles(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes the folder if there is none and takes hold of it. */
    static LedgerFiles hold(Path folder) throws LedgerException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, FOLDER_MODE);
                sync(folder.resolve(".."));
            }
            makePrivate(folder.resolve(LOCK));
            return locked(folder);
        } catch (IOException e) {
            throw Failures.ofFile(e, folder);
        }
    }

    private static LedgerFiles locked(Path folder) throws IOException, LedgerException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(folder);
            }
            channel.truncate(0);
            int _ =
                    channel.write(
                            ByteBuffer.wrap(
                                    (ProcessHandle.current().pid() + "\n")
                                            .getBytes(StandardCharsets.US_ASCII)));
            return new LedgerFiles(folder, channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(folder);
        } catch (IOException | LedgerException e) {
            channel.close();
            throw e;
        }
    }

    private static LedgerException inUse(Path folder) throws IOException {
        String process = Files.readString(folder.resolve(LOCK), StandardCharsets.US_ASCII).strip();
        return new LedgerException(
                Reason.IN_USE,
                "another process%s has the ledger %s open"
                        .formatted(process.isEmpty() ? "" : " (" + process + ")", folder),
                "a ledger belongs to one daemon: use that one, or stop it first");
    }

    /** Makes a file if there is none, readable by nobody else. */
    private static void makePrivate(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE_MODE));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, FILE_MODE);
        }
    }

    /**
     * Makes the database's and the log's file where they are missing. SQLite gives its other files
     * the mode of the database's.
     */
    void makeFiles() throws LedgerException {
        try {
            makeRoomForLibrary();
            makePrivate(log());
            makePrivate(database());
            sync(folder);
        } catch (IOException e) {
            throw Failures.ofFile(e, folder);
        }
    }

    /**
     * SQLite's native code is unpacked into a file when it is first used. By default that is one in
     * the system's temporary folder, which a process that is killed leaves there for good.
     */
    private void makeRoomForLibrary() throws IOException {
        if (System.getProperty(LIBRARY_FOLDER) != null) {
            return;
        }
        Path unpacked = folder.resolve("native");
        if (Files.isDirectory(unpacked)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(unpacked)) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
        } else {
            Files.createDirectory(unpacked, PosixFilePermissions.asFileAttribute(FOLDER_MODE));
        }
        System.setProperty(LIBRARY_FOLDER, unpacked.toAbsolutePath().toString());
    }

    /** Makes sure that the names of new files outlast a power cut. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    Path folder() {
        return folder;
    }

    Path database() {
        return folder.resolve(DATABASE);
    }

    Path log() {
        return folder.resolve(LOG);
    }

    /** Lets go of the folder. Idempotent. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + folder + " could not be given up", e);
        }
    }
}
