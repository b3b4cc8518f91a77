package org.flowshield.libp2p.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A host key on disk: the private key's protobuf, as other libp2p tools keep it, readable by its
 * owner alone. A file that is there is never written to.
 */
public final class KeyFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private KeyFile() {}

    /**
     * Loads the key, or makes one and saves it if there is no such file. The new file appears whole
     * or not at all.
     *
     * @throws KeyFileException if the file is there but is no key or can be read by others
     * @throws IOException if it cannot be read or written
     */
    public static PrivateKey loadOrCreate(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return load(file);
        }
        PrivateKey key = PrivateKey.generate(random);
        try {
            save(key, file);
            return key;
        } catch (IOException | RuntimeException e) {
            key.close();
            throw e;
        }
    }

    /**
     * Loads the key.
     *
     * @throws KeyFileException if the file is no key or can be read by others
     * @throws NoSuchFileException if there is none
     */
    public static PrivateKey load(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new KeyFileException(KeyFileException.Reason.CORRUPT, file, "is a directory");
        }
        requirePrivate(file);
        byte[] encoded = read(file);
        try {
            return PrivateKey.parse(encoded);
        } catch (MalformedKeyException e) {
            throw new KeyFileException(
                    KeyFileException.Reason.CORRUPT,
                    file,
                    "holds no usable host key ("
                            + e.getMessage()
                            + "); it was left as it is."
                            + " Restore it from a backup, or name another file to get a new identity.");
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(KeyEncoding.MAX_LENGTH + 1);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (!isPosix(file)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> others = EnumSet.allOf(PosixFilePermission.class);
        others.removeAll(OWNER_ONLY);
        others.remove(PosixFilePermission.OWNER_EXECUTE);
        others.retainAll(permissions);
        if (!others.isEmpty()) {
            throw new KeyFileException(
                    KeyFileException.Reason.EXPOSED,
                    file,
                    "can be used by others ("
                            + PosixFilePermissions.toString(permissions)
                            + "). If nobody has copied it, run: chmod 600 "
                            + file);
        }
    }

    private static void save(PrivateKey key, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(
                    file.toString(), null, "the folder for the key file does not exist");
        }
        // Made with mode 0600 where files have modes.
        Path temporary = Files.createTempFile(folder, file.getFileName() + ".", ".new");
        byte[] encoded = key.encode();
        try {
            write(temporary, encoded);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Files.deleteIfExists(temporary);
        }
        syncFolder(folder);
    }

    private static void write(Path temporary, byte[] encoded) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer source = ByteBuffer.wrap(encoded);
            while (source.hasRemaining()) {
                channel.write(source);
            }
            channel.force(true);
        }
    }

    /** Makes the rename durable where a folder can be synced; Windows does not open folders. */
    private static void syncFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
