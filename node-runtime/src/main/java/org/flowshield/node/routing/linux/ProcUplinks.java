package org.flowshield.node.routing.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.routing.Uplinks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default routes as {@code /proc/net} shows them: reading two files is nothing, so that it can
 * be done every second. Stateless, any thread.
 */
public final class ProcUplinks implements Uplinks {

    private static final Logger LOG = LoggerFactory.getLogger(ProcUplinks.class);

    private static final String ANY_V4 = "00000000";
    private static final String ANY_V6 = "0".repeat(32);

    private final Path folder;

    public ProcUplinks() {
        this(Path.of("/proc/self/net"));
    }

    /**
     * @param folder with the files {@code route} and {@code ipv6_route}
     */
    ProcUplinks(Path folder) {
        this.folder = folder;
    }

    @Override
    public String fingerprint() {
        List<String> uplinks = new ArrayList<>();
        for (String line : lines("route")) {
            String[] words = line.strip().split("\\s+", -1);
            // Iface, Destination, Gateway, Flags, RefCnt, Use, Metric, Mask
            if (words.length > 7 && words[1].equals(ANY_V4) && words[7].equals(ANY_V4)) {
                uplinks.add(words[0] + " " + words[2]);
            }
        }
        for (String line : lines("ipv6_route")) {
            String[] words = line.strip().split("\\s+", -1);
            // destination, its length, source, its length, next hop, ..., device; all tables
            if (words.length > 9
                    && words[0].equals(ANY_V6)
                    && words[1].equals("00")
                    && !words[4].equals(ANY_V6)) {
                uplinks.add(words[words.length - 1] + " " + words[4]);
            }
        }
        uplinks.sort(null);
        return String.join("\n", uplinks);
    }

    private List<String> lines(String name) {
        try {
            return Files.readAllLines(folder.resolve(name));
        } catch (IOException e) {
            // A kernel without that family has no such file; then there are no routes of it.
            LOG.debug("no {} in {}", name, folder, e);
            return List.of();
        }
    }
}
