package org.flowshield.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Puts a small file in the place of another: it is there whole or not at all, and on the disk when
 * the call returns. One thread at a time for each; those that hold secrets by {@link
 * #writeForOwner}.
 */
public final class DurableFile {

    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private DurableFile() {}

    /** Writes a file anew. */
    public static void write(Path file, byte[] content) throws IOException {
        Path written = beside(file);
        try (FileChannel out =
                FileChannel.open(
                        written,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            fill(out, content);
        }
        move(written, file);
    }

    /** The same, of mode 0600 from its first byte where files have modes. */
    public static void writeForOwner(Path file, byte[] content) throws IOException {
        Path written = beside(file);
        boolean _ = Files.deleteIfExists(written); // of an earlier crash, with any mode
        try (FileChannel out = FileChannel.open(written, NEW, owners(file))) {
            fill(out, content);
        }
        move(written, file);
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static FileAttribute<?>[] owners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void fill(FileChannel out, byte[] content) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(content);
        while (source.hasRemaining()) {
            int _ = out.write(source);
        }
        out.force(true);
    }

    /** Moves one, whose content is on the disk, within its folder over another. */
    public static void move(Path from, Path to) throws IOException {
        Path folder = to.toAbsolutePath().getParent();
        if (folder == null) {
            throw new NoSuchFileException(to.toString());
        }
        Path _ =
                Files.move(
                        from,
                        to,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
        sync(folder);
    }

    /** Windows does not open folders. */
    private static void sync(Path folder) throws IOException {
        if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
            try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }
}
