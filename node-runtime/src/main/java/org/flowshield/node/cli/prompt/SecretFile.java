package org.flowshield.node.cli.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;

/** Secrets that scripts hand over and take: the first line of a file, or of the standard input. */
public final class SecretFile {

    /** Says that the secret comes by the standard input. */
    public static final String STDIN = "-";

    /** Longer than 24 words and than any password. */
    private static final int MAX_BYTES = 4096;

    private SecretFile() {}

    /** The first line; the caller wipes it. */
    public static char[] read(Path file) throws CommandFailedException {
        try {
            if (file.toString().equals(STDIN)) {
                return firstLine(System.in);
            }
            requirePrivate(file);
            try (InputStream in = Files.newInputStream(file)) {
                return firstLine(in);
            }
        } catch (NoSuchFileException e) {
            throw failed(ExitStatus.USAGE, "there is no file " + file, "name another", e);
        } catch (CharacterCodingException e) {
            throw failed(ExitStatus.USAGE, file + " is not in UTF-8", "write it again in UTF-8", e);
        } catch (IOException e) {
            throw failed(
                    ExitStatus.FAILED,
                    file + " can't be read: " + e.getMessage(),
                    "see the message",
                    e);
        }
    }

    /** Makes a file that only its owner reads; one that is there is left as it is. */
    public static void write(Path file, char[] secret) throws CommandFailedException {
        ByteBuffer bytes = ByteBuffer.allocate(3 * secret.length + 1);
        var _ = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(secret), bytes, true);
        bytes.put((byte) '\n').flip();
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            while (bytes.hasRemaining()) {
                int _ = channel.write(bytes);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw failed(
                    ExitStatus.REFUSED,
                    "there is a file " + file + " already; it is left as it is",
                    "name a new one",
                    e);
        } catch (IOException e) {
            throw failed(
                    ExitStatus.FAILED,
                    file + " can't be written: " + e.getMessage(),
                    "see the message",
                    e);
        } finally {
            Arrays.fill(bytes.array(), (byte) 0);
        }
    }

    private static char[] firstLine(InputStream in) throws IOException {
        byte[] bytes = new byte[MAX_BYTES];
        int length = 0;
        // Byte by byte, so that what follows the line is left for others to read.
        for (int b = in.read(); b >= 0 && b != '\n' && length < MAX_BYTES; b = in.read()) {
            bytes[length++] = (byte) b;
        }
        if (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        CharBuffer line = CharBuffer.allocate(length);
        try {
            var decoder =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT);
            var result = decoder.decode(ByteBuffer.wrap(bytes, 0, length), line, true);
            if (result.isError()) {
                result.throwException();
            }
            return Arrays.copyOf(line.array(), line.position());
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(line.array(), '\0');
        }
    }

    /** Pipes are their writers' business. */
    private static void requirePrivate(Path file) throws IOException, CommandFailedException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        Set<PosixFilePermission> others = EnumSet.allOf(PosixFilePermission.class);
        others.removeAll(PosixFilePermissions.fromString("rwx------"));
        others.retainAll(Files.getPosixFilePermissions(file));
        if (!others.isEmpty()) {
            throw new CommandFailedException(
                    ExitStatus.PERMISSION,
                    "secret_exposed",
                    "others can get at " + file + ", which holds a secret",
                    "chmod 600 " + file);
        }
    }

    private static CommandFailedException failed(
            ExitStatus status, String message, String action, IOException cause) {
        return new CommandFailedException(status, "bad_file", message, action, cause);
    }
}
