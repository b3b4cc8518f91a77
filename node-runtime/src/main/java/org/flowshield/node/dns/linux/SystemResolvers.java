package org.flowshield.node.dns.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.node.dns.DnsForwarder;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.FileState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom this machine itself asks for names: what {@code /etc/resolv.conf} says, or said before a
 * client on this machine replaced it, whose tunnel is not for others. Reads files; any thread.
 */
public final class SystemResolvers implements Supplier<List<InetSocketAddress>> {

    private static final Logger LOG = LoggerFactory.getLogger(SystemResolvers.class);

    private static final Path FILE = Path.of("/etc/resolv.conf");

    /** Whom systemd-resolved asks, where the first file only names itself. */
    private static final Path RESOLVED = Path.of("/run/systemd/resolve/resolv.conf");

    /** glibc looks at no more (resolv.conf(5), MAXNS). */
    private static final int MOST = 3;

    private final Path file;
    private final Path behindStub;
    private final ChangeJournal journal;

    SystemResolvers(Path file, Path behindStub, ChangeJournal journal) {
        this.file = file;
        this.behindStub = behindStub;
        this.journal = journal;
    }

    /** Those of the system. */
    public static SystemResolvers system() {
        return new SystemResolvers(FILE, RESOLVED, new ChangeJournal(ChangeJournal.LASTING));
    }

    /** At most three; none if nothing can be read. */
    @Override
    public List<InetSocketAddress> get() {
        try {
            List<InetSocketAddress> servers = parse(text());
            boolean stub =
                    !servers.isEmpty()
                            && servers.stream().allMatch(s -> s.getAddress().isLoopbackAddress());
            return stub && Files.exists(behindStub)
                    ? parse(Files.readString(behindStub, StandardCharsets.ISO_8859_1))
                    : servers;
        } catch (IOException e) {
            LOG.warn("can't find out whom this machine asks for names: {}", e.getMessage());
            return List.of();
        }
    }

    private String text() throws IOException {
        FileState current = FileState.of(file);
        FileState own = current;
        for (Path record : journal.files()) {
            for (Change change : journal.read(record).changes()) {
                if (change instanceof Change.SettingsFile replaced
                        && replaced.path().equals(file.toString())
                        && replaced.ours().equals(current)) {
                    own = replaced.before();
                }
            }
        }
        return switch (own) {
            case FileState.Missing() -> "";
            case FileState.Plain(String text, String _) -> text;
            case FileState.Link(String target) ->
                    Files.readString(file.resolveSibling(target), StandardCharsets.ISO_8859_1);
        };
    }

    static List<InetSocketAddress> parse(String text) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 2 && words[0].equals("nameserver") && servers.size() < MOST) {
                literal(words[1])
                        .ifPresent(
                                address ->
                                        servers.add(
                                                new InetSocketAddress(address, DnsForwarder.PORT)));
            }
        }
        return servers;
    }

    private static Optional<InetAddress> literal(String word) {
        try {
            return Optional.of(InetAddress.ofLiteral(word));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // glibc passes over it too
        }
    }
}
