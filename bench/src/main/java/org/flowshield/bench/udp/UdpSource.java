package org.flowshield.bench.udp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Sends datagrams at a steady rate, each at its own moment. A process of its own. */
public final class UdpSource {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** A wait shorter than this is not worth a system call. */
    private static final long SHORTEST_WAIT = 20_000;

    private UdpSource() {}

    /**
     * Sends, and ends.
     *
     * @param arguments {@code to ADDRESS PORT} or {@code at PORT}, which waits for somebody who
     *     asks; then datagrams a second, bytes of each, seconds, seconds before that
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("at")) {
            try (DatagramSocket socket = new DatagramSocket(Integer.parseInt(arguments[1]))) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                System.out.println("READY");
                DatagramPacket hello = new DatagramPacket(new byte[Datagram.BYTES], Datagram.BYTES);
                socket.receive(hello);
                send(socket, hello.getSocketAddress(), arguments, 2);
            }
        } else {
            try (DatagramSocket socket = new DatagramSocket()) {
                SocketAddress to =
                        new InetSocketAddress(
                                InetAddress.getByName(arguments[1]),
                                Integer.parseInt(arguments[2]));
                send(socket, to, arguments, 3);
            }
        }
    }

    private static void send(DatagramSocket socket, SocketAddress to, String[] arguments, int first)
            throws IOException {
        long rate = Long.parseLong(arguments[first]);
        byte[] payload = new byte[Integer.parseInt(arguments[first + 1])];
        long count = rate * Long.parseLong(arguments[first + 2]);
        long before = rate * Long.parseLong(arguments[first + 3]);
        DatagramPacket packet = new DatagramPacket(payload, payload.length, to);
        long start = System.nanoTime() + before * SECOND / rate;
        for (long number = -before; number < count; number++) {
            long wait = start + number * SECOND / rate - System.nanoTime();
            if (wait > SHORTEST_WAIT) {
                LockSupport.parkNanos(wait);
            }
            new Datagram(number, count, System.nanoTime()).encode(payload);
            socket.send(packet);
        }
    }
}
