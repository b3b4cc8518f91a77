package org.flowshield.node.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;

/**
 * Where a daemon keeps what outlives it. Held by one daemon at a time: the lock goes with the
 * process, however it ends.
 */
public final class DataDirectory implements AutoCloseable {

    /** Of a daemon that nobody told otherwise. */
    public static final Path SYSTEM = Path.of("/var/lib/flowshield");

    /**
     * Others may pass to the socket, and are told there whether they may use it; they can't list
     * what else there is, and what is secret has modes of its own.
     */
    private static final String MODE = "rwx--x--x";

    private static final String LOCK = "daemon.lock";

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory if there is none and takes hold of it.
     *
     * @throws RefusedException if another daemon has it, or it can't be made or written to
     */
    public static DataDirectory hold(Path path) throws RefusedException {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
            }
            return locked(path);
        } catch (AccessDeniedException e) {
            throw new RefusedException(
                    Kind.PERMISSION,
                    new Problem(
                            "no_permission",
                            "the data directory " + path + " can't be written to",
                            "run the daemon as root, or give it a directory of your own with"
                                    + " --data"),
                    e);
        } catch (IOException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "no_data_directory",
                            "the data directory " + path + " can't be used: " + e.getMessage(),
                            "see the message; --data names another directory"),
                    e);
        }
    }

    private static DataDirectory locked(Path path) throws IOException, RefusedException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken(path);
            }
            writeProcess(channel);
            return new DataDirectory(path, channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw taken(path);
        } catch (IOException | RefusedException e) {
            channel.close();
            throw e;
        }
    }

    private static void writeProcess(FileChannel channel) throws IOException {
        byte[] process = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        int _ = channel.write(java.nio.ByteBuffer.wrap(process));
    }

    private static RefusedException taken(Path path) throws IOException {
        String process = Files.readString(path.resolve(LOCK), StandardCharsets.US_ASCII).strip();
        return new RefusedException(
                Kind.REFUSED,
                new Problem(
                        "already_running",
                        "another daemon%s runs with the data directory %s"
                                .formatted(
                                        process.isEmpty() ? "" : " (process " + process + ")",
                                        path),
                        "use that one (flowshield status), stop it, or give this one a directory of"
                                + " its own with --data"));
    }

    public Path path() {
        return path;
    }

    /** The operator's configuration. */
    public Path config() {
        return config(path);
    }

    /** The configuration of a directory that nobody holds. */
    public static Path config(Path directory) {
        return directory.resolve("flowshield.toml");
    }

    /** The network file of who names none. */
    public Path network() {
        return path.resolve("network.toml");
    }

    /** Signs vouchers. */
    public Path signerKey() {
        return path.resolve("signer.key");
    }

    /** Pays the gas of the node's own transactions. */
    public Path operatorKey() {
        return path.resolve("operator.key");
    }

    /** What was chosen to sell for while a daemon ran. */
    public Path offer() {
        return path.resolve("provider.offer");
    }

    /** What was chosen for the client's connections while a daemon ran. */
    public Path clientSettings() {
        return path.resolve("client.settings");
    }

    /** The ways to the chain and to peers that were chosen while a daemon ran. */
    public Path networkSettings() {
        return path.resolve("network.settings");
    }

    /** The hours of selling that were chosen while a daemon ran. */
    public Path schedule() {
        return path.resolve("provider.schedule");
    }

    /** The folder of the ledger. */
    public Path ledger() {
        return path.resolve("ledger");
    }

    /** Where the peers are that were met in earlier runs. */
    public Path peers() {
        return path.resolve("peers");
    }

    /** Where nodes are that a client's searches have found. */
    public Path found() {
        return path.resolve("found.nodes");
    }

    /** The node's key. */
    public Path key() {
        return path.resolve("node.key");
    }

    /** Lets go of the directory. Idempotent. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + path + " could not be given up", e);
        }
    }
}
