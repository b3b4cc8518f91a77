package org.flowshield.node.lab;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a namespace have to themselves in the file system: the files that they see
 * in {@code /etc} instead of the machine's ({@code ip netns exec} mounts them), so that a client in
 * a lab writes its own DNS settings and never the machine's; and a directory for their data.
 */
final class OwnFiles {

    private static final Path SETTINGS = Path.of("/etc/netns");
    private static final Path DATA = Path.of("/run/flowshield/lab-data");

    private OwnFiles() {}

    /** Gives a namespace that is about to be made its files. */
    static void create(String namespace) throws LabException {
        String resolver = "nameserver " + Link.INTERNET.ipv4().getHostAddress() + "\n";
        try {
            Files.createDirectories(data(namespace));
            Path settings = Files.createDirectories(SETTINGS.resolve(namespace));
            Files.writeString(settings.resolve("resolv.conf"), resolver);
        } catch (IOException e) {
            throw new LabException("can't write the lab's files of " + namespace + ": " + e, e);
        }
    }

    /** Where the namespace's processes keep what they have. */
    static Path data(String namespace) {
        return DATA.resolve(namespace);
    }

    /** Removes all; nothing happens if there is nothing. */
    static void delete(String namespace) throws LabException {
        for (Path folder : List.of(SETTINGS.resolve(namespace), data(namespace))) {
            try {
                delete(folder);
            } catch (IOException e) {
                throw new LabException("can't remove the lab's files in " + folder + ": " + e, e);
            }
        }
    }

    /** Another process may be removing the same files: what is gone is gone. */
    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return;
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        return unlessGone(failure);
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        if (failure != null) unlessGone(failure);
                        Files.deleteIfExists(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static FileVisitResult unlessGone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
        throw failure;
    }
}
