package org.flowshield.node.routing.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether this process may mark its sockets. */
public final class SocketMarks {

    private static final Path STATUS = Path.of("/proc/self/status");

    private static final String EFFECTIVE = "CapEff:";

    /** By capability(7). */
    private static final int CAP_NET_ADMIN = 12;

    private SocketMarks() {}

    /**
     * {@link PolicyRoutes#MARK}; 0 for a process without the right to it. Such a one can't make a
     * tunnel either, so that there are no routes that its sockets would have to keep out of.
     */
    public static int ofThisProcess() {
        try {
            return mayMark(Files.readAllLines(STATUS)) ? PolicyRoutes.MARK : 0;
        } catch (IOException e) {
            return PolicyRoutes.MARK; // whoever tries is told what is missing
        }
    }

    static boolean mayMark(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(EFFECTIVE))
                .map(line -> line.substring(EFFECTIVE.length()).strip())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) >> CAP_NET_ADMIN & 1) == 1);
    }
}
