package org.flowshield.node.client;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.MalformedDnsServerException;
import org.flowshield.node.disk.DurableFile;

/**
 * The settings that somebody chose while the node ran; they outlive it in a file and go before the
 * configuration. Immutable.
 *
 * @param dns an empty list was chosen too: the provider's
 */
record ChosenSettings(Optional<List<DnsServer>> dns, Optional<Boolean> lan) {

    /** Nobody chose. */
    static final ChosenSettings NONE = new ChosenSettings(Optional.empty(), Optional.empty());

    private static final int MAX_BYTES = 4096;

    private static final String DNS = "dns";
    private static final String LAN = "lan";

    /** With a change on top. */
    ChosenSettings with(ClientSettingsChange change) {
        return new ChosenSettings(
                Optional.ofNullable(change.dns()).or(this::dns),
                Optional.ofNullable(change.lan()).or(this::lan));
    }

    /** What holds with them. */
    ClientSettings over(ClientSettings configured) {
        return new ClientSettings(dns.orElse(configured.dns()), lan.orElse(configured.lan()));
    }

    /**
     * Reads them; nobody chose if there is no file.
     *
     * @throws IOException if the file is not what was written
     */
    static ChosenSettings read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return NONE;
        }
        Properties lines = new Properties();
        try (var in = Files.newInputStream(file)) {
            lines.load(
                    new StringReader(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)));
            String dns = lines.getProperty(DNS);
            String lan = lines.getProperty(LAN);
            return new ChosenSettings(
                    dns == null ? Optional.empty() : Optional.of(DnsServer.parseAll(dns)),
                    lan == null ? Optional.empty() : Optional.of(flag(lan)));
        } catch (MalformedDnsServerException | IllegalArgumentException e) {
            throw new IOException(
                    "the client's settings in " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    /** Keeps them: the file is there whole or not at all, and on the disk. */
    void write(Path file) throws IOException {
        StringBuilder lines = new StringBuilder("# What 'flowshield settings' chose.\n");
        dns.ifPresent(
                servers ->
                        line(
                                lines,
                                DNS,
                                servers.stream()
                                        .map(DnsServer::toString)
                                        .collect(Collectors.joining(" "))));
        lan.ifPresent(reached -> line(lines, LAN, reached));
        DurableFile.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder lines, String name, Object value) {
        lines.append(name).append(" = ").append(value).append('\n');
    }
}
