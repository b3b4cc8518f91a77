package org.flowshield.libp2p.nat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The router that this machine sends to what it knows no other way for: Linux only. */
final class DefaultRoute {

    private static final int DESTINATION = 1;
    private static final int GATEWAY = 2;
    private static final int FLAGS = 3;
    private static final int METRIC = 6;
    private static final int MASK = 7;
    private static final int COLUMNS = 8;

    /** The route is there, and leads to a router (RTF_UP, RTF_GATEWAY). */
    private static final int WANTED_FLAGS = 0x3;

    private static final int HEX = 16;

    private DefaultRoute() {}

    /**
     * Reads it.
     *
     * @param table the kernel's {@code /proc/net/route}
     * @return empty where there is no such file, or no such route in it
     */
    static Optional<Inet4Address> gateway(Path table) throws IOException {
        return Files.isReadable(table) ? gateway(Files.readAllLines(table)) : Optional.empty();
    }

    static Optional<Inet4Address> gateway(List<String> lines) throws IOException {
        long best = Long.MAX_VALUE;
        @Nullable Inet4Address gateway = null;
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] columns = line.trim().split("\\s+", -1);
            try {
                if (columns.length < COLUMNS
                        || number(columns[DESTINATION]) != 0
                        || number(columns[MASK]) != 0
                        || (number(columns[FLAGS]) & WANTED_FLAGS) != WANTED_FLAGS) {
                    continue;
                }
                long metric = Long.parseLong(columns[METRIC]);
                if (metric < best) {
                    best = metric;
                    gateway = address(number(columns[GATEWAY]));
                }
            } catch (NumberFormatException e) {
                throw new IOException("the kernel's table of routes has a line '" + line + "'", e);
            }
        }
        return Optional.ofNullable(gateway);
    }

    private static long number(String hex) {
        return Long.parseLong(hex, HEX);
    }

    /** The table has the bytes as they lie in memory. */
    private static Inet4Address address(long inMemory) throws IOException {
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putInt((int) inMemory)
                        .array();
        return (Inet4Address) InetAddress.getByAddress(bytes);
    }
}
