package org.flowshield.node.restore;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** What a small file of settings is at a moment. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FileState.Missing.class, name = "missing"),
    @JsonSubTypes.Type(value = FileState.Link.class, name = "link"),
    @JsonSubTypes.Type(value = FileState.Plain.class, name = "plain"),
})
public sealed interface FileState {

    /** Far more than a file of settings has; a longer one is not ours to replace. */
    int MAX_BYTES = 64 * 1024;

    /** There is no such file. */
    record Missing() implements FileState {}

    /** A symbolic link. */
    record Link(String target) implements FileState {}

    /**
     * A file with bytes of its own.
     *
     * @param text its bytes, each as a character of ISO 8859-1
     * @param permissions as {@code ls} writes them: {@code rw-r--r--}
     */
    record Plain(String text, String permissions) implements FileState {

        /** On the disk when this returns: a record of it must not outlive what it is of. */
        private void create(Path file) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
                while (bytes.hasRemaining()) {
                    int _ = channel.write(bytes);
                }
                channel.force(true);
            }
        }
    }

    /**
     * Looks at a file.
     *
     * @throws IOException if it can't be read or is longer than {@link #MAX_BYTES}
     */
    static FileState of(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return new Link(Files.readSymbolicLink(file).toString());
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " is longer than a file of settings should be");
            }
            return new Plain(
                    Files.readString(file, StandardCharsets.ISO_8859_1),
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)));
        } catch (NoSuchFileException e) {
            return new Missing();
        }
    }

    /**
     * Makes a file be like this. Who reads it meanwhile sees the one or the other, except where the
     * file is mounted by itself, as in containers: there it can only be written over.
     */
    default void write(Path file) throws IOException {
        switch (this) {
            case Missing() -> Files.deleteIfExists(file);
            case Link(String target) -> {
                Path unfinished = unfinished(file);
                Files.createSymbolicLink(unfinished, Path.of(target));
                replace(unfinished, file);
            }
            case Plain plain -> {
                Path unfinished = unfinished(file);
                plain.create(unfinished);
                try {
                    replace(unfinished, file);
                } catch (FileSystemException e) {
                    if (!String.valueOf(e.getReason()).contains("busy")) {
                        throw e;
                    }
                    Files.writeString(file, plain.text(), StandardCharsets.ISO_8859_1);
                }
            }
        }
    }

    private static Path unfinished(Path file) throws IOException {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".flowshield");
        Files.deleteIfExists(unfinished); // of a process that was killed
        return unfinished;
    }

    private static void replace(Path unfinished, Path file) throws IOException {
        try {
            Files.move(
                    unfinished,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
