package org.flowshield.bench.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;

/**
 * Asks a running daemon over its socket to connect, asks for a page and disconnects, again and
 * again, as a user's programs do. Prints a line for each round: nanoseconds until the request was
 * answered, until the first byte of the page, and for disconnecting.
 *
 * <p>Arguments: the daemon's socket, the provider's address, the web server's IP address, rounds.
 */
public final class ConnectProbe {

    static final String READY = "ready";

    static final int WEB_PORT = 80;
    private static final int PATIENCE_MILLIS = 10_000;

    /** As on a machine whose user opens a page now and then. */
    private static final long PAUSE_MILLIS = 200;

    /** A daemon has run for a while before anybody connects. */
    private static final long SETTLE_MILLIS = 5_000;

    private ConnectProbe() {}

    public static void main(String[] arguments)
            throws NoDaemonException, RefusedException, IOException, InterruptedException {
        ConnectRequest request = new ConnectRequest(arguments[1], 1);
        InetSocketAddress web = new InetSocketAddress(arguments[2], WEB_PORT);
        int rounds = Integer.parseInt(arguments[3]);
        try (NodeClient daemon = new NodeClient(Path.of(arguments[0]))) {
            var _ = daemon.status(); // loads this program's own HTTP client, which is not what is
            // measured
            Thread.sleep(SETTLE_MILLIS);
            System.out.println(READY);
            for (int round = 0; round < rounds; round++) {
                Thread.sleep(PAUSE_MILLIS);
                System.out.println(round(daemon, request, web));
            }
        }
    }

    private static String round(NodeClient daemon, ConnectRequest request, InetSocketAddress web)
            throws NoDaemonException, RefusedException, IOException, InterruptedException {
        long start = System.nanoTime();
        ClientStatus _ = daemon.connect(request);
        long connected = System.nanoTime();
        firstByte(web);
        long answered = System.nanoTime();
        ClientStatus _ = daemon.disconnect();
        return "%d %d %d"
                .formatted(connected - start, answered - start, System.nanoTime() - answered);
    }

    static void firstByte(InetSocketAddress web) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(web, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request =
                    "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(web.getAddress().getHostAddress());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            if (in.read() < 0) {
                throw new IOException("the web server said nothing");
            }
        }
    }
}
