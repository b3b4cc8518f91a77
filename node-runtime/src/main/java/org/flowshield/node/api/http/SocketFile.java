package org.flowshield.node.api.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place of a socket in the file system, held by one daemon at a time: a lock on a file beside
 * it, which the kernel releases when the daemon dies. The lock file stays; removing it would let
 * two daemons hold it.
 */
final class SocketFile implements AutoCloseable {

    /** {@code sun_path} has 108 bytes on Linux, with the zero at the end. */
    static final int MAX_PATH_BYTES = 107;

    private static final String ANYBODY_PASSES = "rwxr-xr-x";
    private static final String ONLY_OWNER = "rw-------";

    /** Anybody may connect: who asks is known by credentials, and gets told why not. */
    private static final String ANYBODY_CONNECTS = "rw-rw-rw-";

    private final Path path;
    private final FileChannel lockFile;

    private SocketFile(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Takes the place, makes its folder if need be, and removes the socket of a daemon that died.
     *
     * @throws SocketInUseException if a daemon that lives has it
     * @throws IOException if the place can't be used; nothing was changed then but the folder
     */
    static SocketFile claim(Path socket) throws IOException {
        Path path = socket.toAbsolutePath().normalize();
        if (path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                > MAX_PATH_BYTES) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "the path of a socket has at most " + MAX_PATH_BYTES + " bytes");
        }
        makeFolder(path.getParent());
        FileChannel lockFile = lock(path);
        try {
            removeDead(path);
            return new SocketFile(path, lockFile);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Lets everybody connect; sockets are made for their owner only. */
    void open() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(ANYBODY_CONNECTS));
    }

    /** Removes the socket and gives the place free. */
    @Override
    public void close() throws IOException {
        try (lockFile) {
            Files.deleteIfExists(path);
        }
    }

    private static void makeFolder(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(ANYBODY_PASSES));
        }
    }

    private static FileChannel lock(Path socket) throws IOException {
        Path path = socket.resolveSibling(socket.getFileName() + ".lock");
        FileChannel file =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(ONLY_OWNER)));
        FileLock lock = null;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new SocketInUseException(socket);
        } finally {
            if (lock == null) {
                file.close();
            }
        }
        if (lock == null) {
            throw new SocketInUseException(socket);
        }
        return file;
    }

    private static void removeDead(Path socket) throws IOException {
        BasicFileAttributes found;
        try {
            found =
                    Files.readAttributes(
                            socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!found.isOther()) {
            throw new FileSystemException(
                    socket.toString(), null, "something else than a socket is there; it is left");
        }
        if (answers(socket)) {
            throw new SocketInUseException(socket);
        }
        Files.deleteIfExists(socket);
    }

    /** Only a refused connection proves that nobody listens; a full queue proves the opposite. */
    private static boolean answers(Path socket) throws AccessDeniedException {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            if (!Files.isWritable(socket)) {
                throw new AccessDeniedException(socket.toString());
            }
            return true;
        }
    }
}
