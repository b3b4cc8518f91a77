package org.flowshield.node.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.flowshield.contracts.signing.MalformedKeyException;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;

/**
 * A key for the chain on disk, as other tools keep theirs: 64 hexadecimal digits, readable by its
 * owner alone. A file that is there is never written to.
 */
public final class ChainKeyFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private static final int DIGITS = 2 * SigningKey.LENGTH;

    private ChainKeyFile() {}

    /**
     * Loads the key, or makes one and saves it if there is no such file. The new file appears whole
     * or not at all.
     *
     * @throws RefusedException if the file is there but is no key or can be read by others
     */
    public static SigningKey loadOrCreate(Path file, SecureRandom random)
            throws IOException, RefusedException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return load(file);
        }
        SigningKey key = SigningKey.generate(random);
        try {
            save(key, file);
            return key;
        } catch (IOException | RuntimeException e) {
            key.close();
            throw e;
        }
    }

    private static SigningKey load(Path file) throws IOException, RefusedException {
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNER_ONLY);
        if (!others.isEmpty()) {
            throw refused(
                    "exposed_key_file",
                    "the key file " + file + " can be used by others, and it moves money",
                    "if nobody has copied it: chmod 600 " + file);
        }
        byte[] text;
        try (InputStream in = Files.newInputStream(file)) {
            text = in.readNBytes(DIGITS + 2);
        }
        try {
            return parse(file, text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static SigningKey parse(Path file, byte[] text) throws RefusedException {
        byte[] secret = new byte[SigningKey.LENGTH];
        try {
            boolean whole =
                    text.length == DIGITS || (text.length == DIGITS + 1 && text[DIGITS] == '\n');
            if (!whole) {
                throw corrupt(file);
            }
            for (int i = 0; i < secret.length; i++) {
                int high = HexFormat.fromHexDigit(text[2 * i]);
                int low = HexFormat.fromHexDigit(text[2 * i + 1]);
                secret[i] = (byte) (high << 4 | low);
            }
            return SigningKey.of(secret);
        } catch (NumberFormatException | MalformedKeyException e) {
            throw corrupt(file);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static RefusedException corrupt(Path file) {
        return refused(
                "corrupt_key_file",
                "the key file " + file + " holds no key; it was left as it is",
                "restore it from a backup; or move it away to get a new key, which the wallet has"
                        + " to authorise anew");
    }

    private static RefusedException refused(String code, String message, String action) {
        return new RefusedException(Kind.FAILED, new Problem(code, message, action));
    }

    private static void save(SigningKey key, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder for " + file);
        }
        // Made with mode 0600.
        Path fresh = Files.createTempFile(folder, file.getFileName() + ".", ".new");
        byte[] secret = key.encode();
        byte[] text = new byte[DIGITS + 1];
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            byte[] digits = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < secret.length; i++) {
                text[2 * i] = digits[secret[i] >> 4 & 0xf];
                text[2 * i + 1] = digits[secret[i] & 0xf];
            }
            text[DIGITS] = '\n';
            ByteBuffer source = ByteBuffer.wrap(text);
            while (source.hasRemaining()) {
                int _ = channel.write(source);
            }
            channel.force(true);
            Path _ = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(text, (byte) 0);
            boolean _ = Files.deleteIfExists(fresh);
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
