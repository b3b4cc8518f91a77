package org.flowshield.node.restore.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel says of addresses and routes in its own files: a text that changes when they do,
 * for the price of reading four files instead of starting programs.
 */
final class NetworkState {

    private static final Path FILES = Path.of("/proc/self/net");

    /** IPv4 addresses and routes: by prefix, and with their devices and gateways. */
    private static final List<String> IPV4 = List.of("fib_trie", "route");

    /** Not there where IPv6 is switched off. */
    private static final List<String> IPV6 = List.of("if_inet6", "ipv6_route");

    /**
     * Of a route: how often it is referred to and was used, which says nothing of where it leads.
     */
    private static final int REFERENCES = 6;

    private static final int USES = 7;

    /** Of a route of IPv6. */
    private static final int COLUMNS = 10;

    private NetworkState() {}

    /** Of the namespace that this process is in; empty if this kernel does not tell. */
    static Optional<String> own() {
        return read(FILES);
    }

    static Optional<String> read(Path files) {
        StringBuilder text = new StringBuilder();
        try {
            for (String name : IPV4) {
                text.append(Files.readString(files.resolve(name)));
            }
            for (String name : IPV6) {
                for (String line : linesIfAny(files.resolve(name))) {
                    text.append(withoutCounters(line)).append('\n');
                }
            }
            return Optional.of(text.toString());
        } catch (IOException e) {
            return Optional.empty(); // then it is found out in the dear way
        }
    }

    private static List<String> linesIfAny(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static String withoutCounters(String line) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns.length < COLUMNS) {
            return line;
        }
        List<String> kept = new ArrayList<>(List.of(columns));
        kept.remove(USES);
        kept.remove(REFERENCES);
        return String.join(" ", kept);
    }
}
