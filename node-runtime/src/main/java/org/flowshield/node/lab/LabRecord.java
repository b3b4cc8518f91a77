package org.flowshield.node.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is on disk about one lab, so that the next can clear up after a killed one: a file of lines
 * {@code owner PID START} and {@code child PID START}. It is written before the first namespace is
 * made and deleted after the last is gone.
 */
final class LabRecord {

    /** Gone with a reboot, like the processes and namespaces that it tells of. */
    static final Path FOLDER = Path.of("/run/flowshield/labs");

    private static final Pattern LINE = Pattern.compile("(owner|child) (\\d{1,10}) (\\d{1,18})");

    private final LabId id;

    private LabRecord(LabId id) {
        this.id = id;
    }

    static LabRecord create(LabId id, ProcStat owner) throws LabException {
        LabRecord written = new LabRecord(id);
        try {
            Files.createDirectories(
                    FOLDER,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Files.writeString(written.file(), line("owner", owner), StandardOpenOption.CREATE_NEW);
            return written;
        } catch (IOException e) {
            throw new LabException("can't write " + written.file() + ": " + e, e);
        }
    }

    static LabRecord of(LabId id) {
        return new LabRecord(id);
    }

    /** The labs of which there are records. */
    static List<LabId> all() throws LabException {
        List<LabId> ids = new ArrayList<>();
        if (!Files.isDirectory(FOLDER)) return ids;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER)) {
            for (Path file : files) LabId.parse(file.getFileName().toString()).ifPresent(ids::add);
            return ids;
        } catch (IOException e) {
            throw new LabException("can't read " + FOLDER + ": " + e, e);
        }
    }

    LabId id() {
        return id;
    }

    void addChild(ProcStat child) throws LabException {
        try {
            Files.writeString(file(), line("child", child), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new LabException("can't write " + file() + ": " + e, e);
        }
    }

    /** The process that made the lab; empty if there is no record. */
    Optional<ProcStat> owner() throws LabException {
        return read("owner").stream().findFirst();
    }

    List<ProcStat> children() throws LabException {
        return read("child");
    }

    private List<ProcStat> read(String kind) throws LabException {
        List<ProcStat> found = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file())) {
                // The last line may be torn if its writer was killed; its process is in a namespace
                // anyway.
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches() && matcher.group(1).equals(kind)) {
                    found.add(
                            new ProcStat(
                                    Long.parseLong(matcher.group(2)),
                                    Long.parseLong(matcher.group(3))));
                }
            }
            return found;
        } catch (NoSuchFileException e) {
            return found;
        } catch (IOException e) {
            throw new LabException("can't read " + file() + ": " + e, e);
        }
    }

    void delete() throws LabException {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new LabException("can't delete " + file() + ": " + e, e);
        }
    }

    private Path file() {
        return FOLDER.resolve(id.value());
    }

    private static String line(String kind, ProcStat process) {
        return "%s %d %d%n".formatted(kind, process.pid(), process.start());
    }
}
