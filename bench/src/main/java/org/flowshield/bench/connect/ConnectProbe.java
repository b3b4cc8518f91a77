package org.flowshield.bench.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.client.ClientAdapters;
import org.flowshield.node.client.ClientRole;
import org.flowshield.node.resolver.linux.ResolvConf;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.flowshield.node.routing.linux.ProcUplinks;
import org.flowshield.tun.TunDevices;

/**
 * Connects, asks for a page and disconnects, again and again in one process, as a daemon's user
 * does. Prints a line for each round: nanoseconds until connected, until the first byte of the
 * page, and for disconnecting.
 *
 * <p>Arguments: the provider's address, the web server's IP address, rounds.
 */
public final class ConnectProbe {

    static final String READY = "ready";

    private static final int WEB_PORT = 80;
    private static final int PATIENCE_MILLIS = 10_000;

    /** As on a machine whose user opens a page now and then. */
    private static final long PAUSE_MILLIS = 200;

    /** A daemon has run for a while before anybody connects. */
    private static final long SETTLE_MILLIS = 5_000;

    private ConnectProbe() {}

    public static void main(String[] arguments)
            throws MalformedMultiaddrException,
                    RefusedException,
                    IOException,
                    InterruptedException {
        Multiaddr provider = Multiaddr.parse(arguments[0]);
        InetSocketAddress web = new InetSocketAddress(arguments[1], WEB_PORT);
        int rounds = Integer.parseInt(arguments[2]);
        ClientRole role = new ClientRole(adapters(), new SecureRandom(), Clock.systemUTC());
        role.start();
        Thread.sleep(SETTLE_MILLIS);
        System.out.println(READY);
        try {
            for (int round = 0; round < rounds; round++) {
                Thread.sleep(PAUSE_MILLIS);
                System.out.println(round(role, provider, web));
            }
        } finally {
            role.stop();
        }
    }

    private static String round(ClientRole role, Multiaddr provider, InetSocketAddress web)
            throws RefusedException, IOException, InterruptedException {
        long start = System.nanoTime();
        ClientStatus _ = role.connect(provider, 1);
        long connected = System.nanoTime();
        firstByte(web);
        long answered = System.nanoTime();
        ClientStatus _ = role.disconnect();
        return "%d %d %d"
                .formatted(connected - start, answered - start, System.nanoTime() - answered);
    }

    private static void firstByte(InetSocketAddress web) throws IOException {
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

    private static ClientAdapters adapters() {
        Machine machine = LinuxMachine.own();
        ChangeJournal journal = new ChangeJournal(ChangeJournal.SYSTEM);
        return new ClientAdapters(
                () -> PolicyRoutes.block(machine, journal),
                ResolvConf.system(),
                TunDevices::open,
                new ProcUplinks(),
                PolicyRoutes.MARK);
    }
}
