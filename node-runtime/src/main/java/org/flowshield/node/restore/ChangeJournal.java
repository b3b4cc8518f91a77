package org.flowshield.node.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records of what running and crashed processes have changed: one file each, in a folder that
 * goes when the changes do. Safe for use by any thread and process.
 */
public final class ChangeJournal {

    /** Where the records of the product are; only root writes there. */
    public static final Path SYSTEM = Path.of("/run/flowshield/changes");

    /** The same for changes that outlast a restart of the machine: those of files. */
    public static final Path LASTING = Path.of("/var/lib/flowshield/changes");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String SUFFIX = ".json";
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;

    public ChangeJournal(Path folder) {
        this.folder = folder;
    }

    /**
     * Records changes that are about to be made. When this returns, the record outlives the
     * process.
     */
    public RecordedChanges record(String part, List<Change> changes, Machine machine)
            throws IOException {
        Files.createDirectories(folder, PRIVATE);
        ChangeRecord record = ChangeRecord.ofThisProcess(part, machine.namespace(), changes);
        Path file = newFile(record);
        Path unfinished = folder.resolve(file.getFileName() + ".new");
        write(unfinished, MAPPER.writeValueAsBytes(record));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return new RecordedChanges(file, record, machine);
    }

    /** A process may have had the same id, and have left its record. */
    private Path newFile(ChangeRecord record) {
        Path file;
        do {
            file = folder.resolve(record.process() + "-" + NUMBER.incrementAndGet() + SUFFIX);
        } while (Files.exists(file));
        return file;
    }

    /** On the disk when this returns: the change may be as well. */
    private static void write(Path file, byte[] record) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(record);
            while (bytes.hasRemaining()) {
                int _ = channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** The files of all records, of this process and of others. */
    public List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            found.forEach(files::add);
        } catch (NoSuchFileException e) {
            return List.of(); // nothing was ever recorded
        }
        files.sort(null);
        return files;
    }

    /**
     * Reads one record.
     *
     * @throws IOException if it can't be read; the message names the file
     */
    public ChangeRecord read(Path file) throws IOException {
        try {
            return MAPPER.readValue(Files.readAllBytes(file), ChangeRecord.class);
        } catch (JacksonException e) {
            throw new IOException("the record " + file + " can't be understood", e);
        }
    }
}
