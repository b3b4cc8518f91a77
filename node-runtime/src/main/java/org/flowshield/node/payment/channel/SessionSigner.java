package org.flowshield.node.payment.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.MalformedKeyException;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.signing.SigningKey;

/**
 * The daemon's own key that signs vouchers and opens channels within what a wallet has allowed it,
 * kept in a file that only the daemon's user can read. Safe for use by any thread; wiped when
 * closed.
 */
public final class SessionSigner implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final SigningKey key;

    /** Signs with a key, which is closed with this. */
    public SessionSigner(SigningKey key) {
        this.key = key;
    }

    /**
     * Loads the key, or makes one and saves it if there is no such file. The new file appears whole
     * or not at all.
     *
     * @throws IOException if it cannot be read or written, is no key, or can be read by others
     */
    public static SessionSigner loadOrCreate(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new SessionSigner(load(file));
        }
        SigningKey key = SigningKey.generate(random);
        try {
            save(key, file);
        } catch (IOException | RuntimeException e) {
            key.close();
            throw e;
        }
        return new SessionSigner(key);
    }

    private static SigningKey load(Path file) throws IOException {
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(
                    "the key of payments can be used by others. If nobody has copied it, run: chmod 600 "
                            + file);
        }
        byte[] secret = read(file);
        try {
            return SigningKey.of(secret);
        } catch (MalformedKeyException e) {
            throw new IOException(
                    "%s holds no key of payments (%s). Restore it from a backup; without it the money in its channels"
                                    .formatted(file, e.getMessage())
                            + " comes back a day after they are closed",
                    e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer target = ByteBuffer.allocate(SigningKey.LENGTH + 1);
            int read;
            do {
                read = channel.read(target);
            } while (read > 0);
            byte[] secret = Arrays.copyOf(target.array(), target.position());
            Arrays.fill(target.array(), (byte) 0);
            return secret;
        }
    }

    private static void save(SigningKey key, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("the folder of " + file + " does not exist");
        }
        // Made with mode 0600 where files have modes.
        Path temporary = Files.createTempFile(folder, file.getFileName() + ".", ".new");
        byte[] secret = key.encode();
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer source = ByteBuffer.wrap(secret);
                while (source.hasRemaining()) {
                    channel.write(source);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Files.deleteIfExists(temporary);
        }
        if (isPosix(folder)) {
            try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** What the wallet authorises. */
    public EvmAddress address() {
        return key.address();
    }

    public Signature sign(Bytes32 digest) {
        return key.sign(digest);
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "SessionSigner[secret of " + key.address() + "]";
    }
}
