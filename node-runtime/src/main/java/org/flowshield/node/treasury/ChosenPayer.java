package org.flowshield.node.treasury;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.node.disk.DurableFile;

/**
 * The wallet that somebody chose to pay from while the node ran; it outlives it in a file and goes
 * before the configuration.
 */
final class ChosenPayer {

    /** An address, with room for a line's end. */
    private static final int MAX_BYTES = 64;

    private ChosenPayer() {}

    /**
     * Reads it; nobody chose if there is no file.
     *
     * @throws IOException if the file is not what was written
     */
    static Optional<EvmAddress> read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
            return Optional.of(EvmAddress.parse(text));
        } catch (MalformedAddressException e) {
            throw new IOException("the wallet in " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Writes it; it is on the disk when it returns. */
    static void write(Path file, EvmAddress wallet) throws IOException {
        DurableFile.write(file, (wallet + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
