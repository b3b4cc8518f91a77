package org.flowshield.bench.udp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** Receives datagrams until no more come, and prints what it saw. A process of its own. */
public final class UdpSink {

    static final String READY = "READY";

    /** To the first datagram; repeated until it comes. */
    private static final int HELLO_MILLIS = 500;

    private static final int HELLOS = 60;

    /** Datagrams before the first that is measured; looking takes the time of a few dozen. */
    private static final long LOOK_BEFORE = 5000;

    /** After the last. */
    private static final int QUIET_MILLIS = 1500;

    private static final int LARGEST = 65_535;

    /** As much as the kernel lets us: what it drops at our door is told apart. */
    private static final int RECEIVE_BUFFER = 8 << 20;

    private UdpSink() {}

    /**
     * Receives, prints and ends.
     *
     * @param arguments {@code at PORT} or {@code from ADDRESS PORT}, which asks for datagrams
     */
    public static void main(String[] arguments) throws IOException {
        boolean asks = arguments[0].equals("from");
        try (DatagramSocket socket =
                asks ? new DatagramSocket() : new DatagramSocket(Integer.parseInt(arguments[1]))) {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            System.out.println(READY);
            byte[] payload = new byte[LARGEST];
            DatagramPacket packet = new DatagramPacket(payload, payload.length);
            first(socket, packet, asks ? arguments : new String[0]);
            socket.setSoTimeout(QUIET_MILLIS);
            Seen seen = new Seen(Datagram.parse(payload));
            long droppedBefore = 0;
            boolean looked = false;
            try {
                while (!seen.isComplete()) {
                    packet.setLength(payload.length);
                    socket.receive(packet);
                    Datagram datagram = Datagram.parse(payload);
                    if (datagram.number() >= 0) {
                        seen.add(datagram);
                    } else if (!looked && datagram.number() > -LOOK_BEFORE) {
                        droppedBefore = droppedAtDoor(socket.getLocalPort());
                        looked = true;
                    }
                }
            } catch (SocketTimeoutException _) {
                // what has not come by now is lost
            }
            long dropped = droppedAtDoor(socket.getLocalPort()) - droppedBefore;
            System.out.println(JsonMapper.shared().writeValueAsString(seen.result(dropped)));
        }
    }

    private static void first(DatagramSocket socket, DatagramPacket packet, String[] from)
            throws IOException {
        socket.setSoTimeout(HELLO_MILLIS);
        for (int hello = 0; hello < HELLOS; hello++) {
            if (from.length > 0) {
                byte[] payload = new byte[Datagram.BYTES];
                new Datagram(Datagram.HELLO, 0, 0).encode(payload);
                socket.send(
                        new DatagramPacket(
                                payload,
                                payload.length,
                                new InetSocketAddress(
                                        InetAddress.getByName(from[1]),
                                        Integer.parseInt(from[2]))));
            }
            try {
                socket.receive(packet);
                return;
            } catch (SocketTimeoutException _) {
                // ask again
            }
        }
        throw new IOException("no datagram came");
    }

    /** What the kernel dropped because this process was too slow to take it. */
    private static long droppedAtDoor(int port) throws IOException {
        String local = ":%04X".formatted(port);
        long dropped = 0;
        for (String table : List.of("/proc/self/net/udp", "/proc/self/net/udp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length > 2 && words[1].toUpperCase(Locale.ROOT).endsWith(local)) {
                    dropped += Long.parseLong(words[words.length - 1]);
                }
            }
        }
        return dropped;
    }

    /** What came so far. */
    private static final class Seen {
        private final long[] delays;
        private final BitSet numbers;
        private final long expected;
        private int count;
        private long highest = -1;
        private long reordered;

        Seen(Datagram first) {
            expected = first.count();
            delays = new long[Math.toIntExact(expected)];
            numbers = new BitSet(delays.length);
        }

        void add(Datagram datagram) {
            int number = Math.toIntExact(datagram.number());
            if (numbers.get(number)) {
                return;
            }
            numbers.set(number);
            delays[count++] = System.nanoTime() - datagram.sentAt();
            if (datagram.number() < highest) {
                reordered++;
            }
            highest = Math.max(highest, datagram.number());
        }

        boolean isComplete() {
            return count == expected;
        }

        UdpResult result(long droppedAtDoor) {
            long[] sorted = Arrays.copyOf(delays, count);
            Arrays.sort(sorted);
            return new UdpResult(
                    expected,
                    count,
                    reordered,
                    droppedAtDoor,
                    sorted[count / 2],
                    sorted[(int) (count * 0.99)],
                    sorted[count - 1]);
        }
    }
}
