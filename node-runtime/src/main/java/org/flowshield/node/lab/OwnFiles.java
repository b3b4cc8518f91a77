package org.flowshield.node.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The files that a namespace's processes see in {@code /etc} instead of the machine's: {@code ip
 * netns exec} mounts them. A client in a lab writes its own DNS settings, never the machine's.
 */
final class OwnFiles {

    private static final Path FOLDER = Path.of("/etc/netns");

    private OwnFiles() {}

    /** Gives a namespace that is about to be made its files. */
    static void create(String namespace) throws LabException {
        Path folder = FOLDER.resolve(namespace);
        String resolver = "nameserver " + Link.INTERNET.ipv4().getHostAddress() + "\n";
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("resolv.conf"), resolver);
        } catch (IOException e) {
            throw new LabException("can't write the lab's files in " + folder + ": " + e, e);
        }
    }

    /** Removes them; nothing happens if there are none. */
    static void delete(String namespace) throws LabException {
        Path folder = FOLDER.resolve(namespace);
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException e) {
            return; // never made, or removed by another sweep
        } catch (IOException e) {
            throw new LabException("can't remove the lab's files in " + folder + ": " + e, e);
        }
    }
}
