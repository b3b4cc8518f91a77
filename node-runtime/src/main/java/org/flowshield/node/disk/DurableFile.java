package org.flowshield.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * Puts a small file in the place of another: it is there whole or not at all, and on the disk when
 * the call returns. For files that hold no secrets, one thread at a time for each.
 */
public final class DurableFile {

    private DurableFile() {}

    /** Writes a file anew. */
    public static void write(Path file, byte[] content) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out =
                FileChannel.open(
                        written,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer source = ByteBuffer.wrap(content);
            while (source.hasRemaining()) {
                int _ = out.write(source);
            }
            out.force(true);
        }
        move(written, file);
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
