package org.flowshield.node.wallet;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;

/**
 * The directory of a wallet: nobody but its owner looks into it, and what is written into it is
 * there whole or not at all, also after the power went. Not for Windows, whose files have no modes.
 */
final class WalletFiles {

    static final String SEED = "seed.json";
    static final String ACCOUNTS = "accounts.json";
    static final String KEYSTORE = "keystore";

    private static final String LOCK = "wallet.lock";

    /** What is half-written ends like this, and is none of the wallet's. */
    private static final String UNFINISHED = ".new";

    private static final Set<PosixFilePermission> OWNERS_FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNERS_FILE =
            PosixFilePermissions.fromString("rw-------");

    /** The largest file is the list of accounts. */
    private static final int MAX_FILE = 1 << 20;

    private final Path folder;

    WalletFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path folder() {
        return folder;
    }

    Path keystore(String file) {
        return folder.resolve(KEYSTORE).resolve(file);
    }

    boolean isWallet() {
        return Files.exists(folder.resolve(ACCOUNTS), LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the directory and those in it. */
    void make() throws IOException {
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        makeOwn(folder);
        makeOwn(folder.resolve(KEYSTORE));
    }

    private static void makeOwn(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Path _ =
                    Files.createDirectory(
                            path, PosixFilePermissions.asFileAttribute(OWNERS_FOLDER));
        }
    }

    /**
     * Checks that nobody else can get at the wallet.
     *
     * @throws RefusedException if somebody can, or it is somebody else's
     */
    void requirePrivate() throws RefusedException, IOException {
        requireOwn();
        for (Path each : List.of(folder, folder.resolve(KEYSTORE))) {
            requirePrivate(each);
            try (Stream<Path> files = Files.list(each)) {
                for (Path file : files.toList()) {
                    requirePrivate(file);
                }
            }
        }
    }

    private void requireOwn() throws RefusedException, IOException {
        long owner = ((Number) Files.getAttribute(folder, "unix:uid")).longValue();
        if (owner != new UnixSystem().getUid()) {
            throw refused(
                    Kind.PERMISSION,
                    "wallet_of_another",
                    "the wallet " + folder + " is another user's",
                    "run this as its owner; the wallet's verbs never need sudo");
        }
    }

    private static void requirePrivate(Path file) throws RefusedException, IOException {
        PosixFileAttributes found;
        try {
            found =
                    Files.readAttributes(
                            file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return; // half-written by another process when it was listed, and in its place now
        }
        if (found.isOther()) {
            return; // the socket of the process that holds the keys, which asks who is there
        }
        if (found.isSymbolicLink()) {
            throw refused(
                    Kind.PERMISSION,
                    "wallet_exposed",
                    file + " is a link; what it leads to can be changed behind your back",
                    "put the file itself in its place");
        }
        Set<PosixFilePermission> permissions = found.permissions();
        Set<PosixFilePermission> others = EnumSet.allOf(PosixFilePermission.class);
        others.removeAll(OWNERS_FOLDER);
        others.retainAll(permissions);
        if (!others.isEmpty()) {
            String mode = found.isDirectory() ? "700" : "600";
            throw refused(
                    Kind.PERMISSION,
                    "wallet_exposed",
                    "others can get at "
                            + file
                            + " ("
                            + PosixFilePermissions.toString(permissions)
                            + "), so the wallet is not opened",
                    "if nobody has copied it: chmod "
                            + mode
                            + " "
                            + file
                            + "; if somebody may have, move your money to a new wallet");
        }
    }

    /** The content of a file of the wallet. */
    static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(MAX_FILE + 1);
            if (content.length > MAX_FILE) {
                throw new FileSystemException(
                        file.toString(), null, "is larger than any file of a wallet");
            }
            return content;
        }
    }

    /** What is read back, before it takes the place of what was there. */
    @FunctionalInterface
    interface Check {

        /**
         * Returns if it is good.
         *
         * @throws FileSystemException if it is not
         */
        void check(byte[] readBack) throws FileSystemException;
    }

    /** Writes a file, or replaces it: after this it is on the disk, before it the old one was. */
    static void write(Path file, byte[] content) throws IOException {
        write(file, content, _ -> {});
    }

    /** The same, if what is on the disk then is seen to be good. */
    static void write(Path file, byte[] content, Check check) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new NoSuchFileException(file.toString());
        }
        Path temporary =
                Files.createTempFile(
                        parent,
                        file.getFileName() + ".",
                        UNFINISHED,
                        PosixFilePermissions.asFileAttribute(OWNERS_FILE));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer source = ByteBuffer.wrap(content);
                while (source.hasRemaining()) {
                    int _ = channel.write(source);
                }
                channel.force(true);
            }
            check.check(read(temporary));
            Path _ =
                    Files.move(
                            temporary,
                            file,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
        } finally {
            boolean _ = Files.deleteIfExists(temporary);
        }
        sync(parent);
    }

    /** Makes what was renamed in a folder durable. */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Keeps other processes from changing the wallet until the lock is closed. */
    FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK),
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(OWNERS_FILE));
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw busy();
    }

    private FileSystemException busy() {
        return new FileSystemException(
                folder.toString(), null, "another program changes the wallet at this moment");
    }

    /** What a file of the wallet could not be used for, in words. */
    RefusedException failed(IOException e) {
        return new RefusedException(
                e instanceof AccessDeniedException ? Kind.PERMISSION : Kind.FAILED,
                new Problem(
                        "wallet_unusable",
                        "the wallet " + folder + " can't be used: " + inWords(e),
                        "see the message; nothing was changed"),
                e);
    }

    private static String inWords(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no right to " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " is missing";
            default -> String.valueOf(e.getMessage());
        };
    }

    static RefusedException refused(Kind kind, String code, String message, String action) {
        return new RefusedException(kind, new Problem(code, message, action));
    }
}
