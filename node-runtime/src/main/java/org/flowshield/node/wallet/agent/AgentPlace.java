package org.flowshield.node.wallet.agent;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * The socket of a wallet's process, in the wallet's directory, which is its owner's alone. One
 * process has it: a lock beside it goes when the process does.
 */
final class AgentPlace implements AutoCloseable {

    private static final String SOCKET = "agent.sock";
    private static final String LOCK = "agent.lock";

    /** {@code sun_path} has 108 bytes on Linux, with the zero at the end. */
    private static final int MAX_PATH_BYTES = 107;

    /** Three seconds in all. */
    private static final int LOCK_ATTEMPTS = 60;

    private static final Duration LOCK_PAUSE = Duration.ofMillis(50);

    private static final String ONLY_OWNER = "rw-------";

    private final Path socket;
    private final FileChannel lockFile;

    private AgentPlace(Path socket, FileChannel lockFile) {
        this.socket = socket;
        this.lockFile = lockFile;
    }

    static Path socket(Path wallet) {
        return wallet.resolve(SOCKET);
    }

    /**
     * Takes the place, and removes what a process that died left there.
     *
     * @throws FileSystemException if a process that lives has it, or the path is too long
     */
    static AgentPlace claim(Path wallet) throws IOException {
        Path socket = socket(wallet);
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new FileSystemException(
                    socket.toString(),
                    null,
                    "the path of a socket has at most "
                            + MAX_PATH_BYTES
                            + " bytes; keep the wallet in a directory with a shorter one");
        }
        FileChannel lockFile =
                FileChannel.open(
                        wallet.resolve(LOCK),
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(ONLY_OWNER)));
        try {
            awaitLock(lockFile, socket);
            boolean _ = Files.deleteIfExists(socket);
            return new AgentPlace(socket, lockFile);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    /** One that was just locked may take a moment to be gone. */
    private static void awaitLock(FileChannel lockFile, Path socket) throws IOException {
        for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
            try {
                if (lockFile.tryLock() != null) {
                    return;
                }
                Thread.sleep(LOCK_PAUSE);
            } catch (OverlappingFileLockException e) {
                throw taken(socket);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw taken(socket);
            }
        }
        throw taken(socket);
    }

    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(socket);
    }

    /** Lets nobody else connect, even if the directory were opened. */
    void restrict() throws IOException {
        Path _ = Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(ONLY_OWNER));
    }

    /** Removes the socket and gives the place free. */
    @Override
    public void close() throws IOException {
        try (lockFile) {
            boolean _ = Files.deleteIfExists(socket);
        }
    }

    private static FileSystemException taken(Path socket) {
        return new FileSystemException(
                socket.toString(), null, "another process holds this wallet's keys already");
    }
}
