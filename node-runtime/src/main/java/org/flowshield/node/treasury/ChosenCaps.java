package org.flowshield.node.treasury;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.payment.SpendingCaps;

/** The caps that somebody chose while the node ran; they outlive it in a file. Immutable. */
record ChosenCaps(
        Optional<TokenAmount> perSession,
        Optional<TokenAmount> perDay,
        Optional<TokenAmount> perMonth) {

    /** Nobody chose. */
    static final ChosenCaps NONE =
            new ChosenCaps(Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MAX_BYTES = 4096;

    private static final String SESSION = "per-session";
    private static final String DAY = "per-day";
    private static final String MONTH = "per-month";

    static ChosenCaps of(SpendingCaps caps) {
        return new ChosenCaps(
                Optional.of(caps.perSession()),
                Optional.of(caps.perDay()),
                Optional.of(caps.perMonth()));
    }

    /**
     * Reads them; nobody chose if there is no file.
     *
     * @throws IOException if the file is not what was written
     */
    static ChosenCaps read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return NONE;
        }
        Properties lines = new Properties();
        try (var in = Files.newInputStream(file)) {
            lines.load(
                    new StringReader(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)));
            return new ChosenCaps(amount(lines, SESSION), amount(lines, DAY), amount(lines, MONTH));
        } catch (MalformedAmountException | IllegalArgumentException e) {
            throw new IOException("the caps in " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static Optional<TokenAmount> amount(Properties lines, String name)
            throws MalformedAmountException {
        String text = lines.getProperty(name);
        return text == null ? Optional.empty() : Optional.of(TokenAmount.parse(text));
    }

    /** Writes them; they are on the disk when it returns. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# What 'flowshield spending set' chose.\n");
        perSession.ifPresent(amount -> line(text, SESSION, amount));
        perDay.ifPresent(amount -> line(text, DAY, amount));
        perMonth.ifPresent(amount -> line(text, MONTH, amount));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
            while (bytes.hasRemaining()) {
                int _ = channel.write(bytes);
            }
            channel.force(true);
        }
        Path _ = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void line(StringBuilder text, String name, TokenAmount amount) {
        text.append(name).append('=').append(amount.decimal()).append('\n');
    }
}
