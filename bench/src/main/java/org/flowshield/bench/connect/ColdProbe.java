package org.flowshield.bench.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;

/**
 * Waits for a daemon that is about to start, asks it to connect as soon as it can be asked, and
 * asks for a page. Prints a line: when the request was answered and when the first byte of the page
 * came, by the clock of {@link System#nanoTime}, which all processes of a Linux machine share.
 *
 * <p>Arguments: the daemon's socket, the provider, the web server's IP address.
 */
public final class ColdProbe {

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Duration DAEMON_WITHIN = Duration.ofSeconds(60);
    private static final int IN_VAIN = 20;

    private ColdProbe() {}

    public static void main(String[] arguments)
            throws NoDaemonException, RefusedException, IOException, InterruptedException {
        ConnectRequest request = new ConnectRequest(arguments[1], 1);
        InetSocketAddress web = new InetSocketAddress(arguments[2], ConnectProbe.WEB_PORT);
        Path socket = Path.of(arguments[0]);
        Files.deleteIfExists(socket); // of an earlier daemon
        try (NodeClient daemon = new NodeClient(socket)) {
            askInVain(daemon, request);
            System.out.println(ConnectProbe.READY);
            ask(daemon, request);
            long connected = System.nanoTime();
            ConnectProbe.firstByte(web);
            System.out.println(connected + " " + System.nanoTime());
        }
    }

    /** What asking takes is loaded before, as in a program that a person has open. */
    private static void askInVain(NodeClient daemon, ConnectRequest request)
            throws RefusedException, InterruptedException {
        for (int i = 0; i < IN_VAIN; i++) {
            try {
                throw new IllegalStateException("there is a daemon: " + daemon.connect(request));
            } catch (NoDaemonException e) {
                Thread.sleep(LOOK_EVERY);
            }
        }
    }

    private static void ask(NodeClient daemon, ConnectRequest request)
            throws NoDaemonException, RefusedException, InterruptedException {
        long end = System.nanoTime() + DAEMON_WITHIN.toNanos();
        while (true) {
            try {
                ClientStatus _ = daemon.connect(request);
                return;
            } catch (NoDaemonException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
            }
            Thread.sleep(LOOK_EVERY);
        }
    }
}
