package org.flowshield.node.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.resolver.linux.ResolvConf;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.flowshield.node.routing.linux.ProcUplinks;
import org.flowshield.tun.TunDevices;

/**
 * A client role in a process of its own, told what to do by lines on a Unix socket, which
 * namespaces of networks don't part: one line asked, one answered.
 *
 * <pre>
 *  connect ADDRESS    ok, or the code of the refusal
 *  begin ADDRESS      ok at once
 *  await STATE        ok when it is in that state
 *  disconnect         the state
 *  choose DNS LAN     ok, or the code of the refusal; DNS is servers or "provider", LAN on or off
 *  since              when the state began
 *  servers            who is asked for names
 *  get IP             the visitor's address as the web server there saw it, or failed
 *  knock IP           ok when it has tried to reach that address by TCP, UDP and DNS
 * </pre>
 */
final class ClientDriver {

    static final String READY = "ready";

    private static final int WEB_PORT = 80;
    private static final int DNS_PORT = 53;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int KNOCK_MILLIS = 100;

    private final ClientRole role;
    private final Object changed = new Object();

    private ClientDriver() {
        Machine machine = LinuxMachine.own();
        ChangeJournal journal = new ChangeJournal(ChangeJournal.SYSTEM);
        role =
                new ClientRole(
                        new ClientAdapters(
                                () -> PolicyRoutes.block(machine, journal),
                                ResolvConf.system(),
                                TunDevices::open,
                                new ProcUplinks(),
                                Billing.NONE,
                                ControlPlane.NONE,
                                PolicyRoutes.MARK),
                        OwnSettings.passing(ClientSettings.DEFAULT),
                        new SecureRandom(),
                        Clock.systemUTC());
        role.onChange(
                () -> {
                    synchronized (changed) {
                        changed.notifyAll();
                    }
                });
    }

    /** Argument: the socket's path. Runs until the other end closes. */
    public static void main(String[] arguments) throws Exception {
        ClientDriver driver = new ClientDriver();
        driver.role.start();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
            System.out.println(READY);
            try (SocketChannel connection = server.accept()) {
                driver.serve(connection);
            }
        } finally {
            driver.role.stop();
        }
    }

    private void serve(SocketChannel connection) throws Exception {
        BufferedReader in =
                new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
        OutputStream out = Channels.newOutputStream(connection);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.write(
                    (answer(List.of(line.split(" ", -1))) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private String answer(List<String> words) throws Exception {
        return switch (words.getFirst()) {
            case "connect" -> connect(words.get(1));
            case "begin" -> {
                Thread.startVirtualThread(() -> connect(words.get(1)));
                yield "ok";
            }
            case "await" -> await(words.get(1));
            case "disconnect" -> role.disconnect().state().toString();
            case "choose" -> choose(words.get(1), words.get(2));
            case "since" -> role.status().since().toString();
            case "servers" -> servers();
            case "get" -> get(words.get(1));
            case "knock" -> knock(words.get(1));
            default -> throw new IllegalArgumentException("no such command: " + words);
        };
    }

    private String connect(String address) {
        try {
            return role.connect(Multiaddr.parse(address), 1, Optional.empty()).tunnel() == null
                    ? "none"
                    : "ok";
        } catch (RefusedException e) {
            return e.problem().code();
        } catch (MalformedMultiaddrException | InterruptedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String choose(String dns, String lan) throws Exception {
        List<DnsServer> servers = dns.equals("provider") ? List.of() : DnsServer.parseAll(dns);
        try {
            var _ = role.change(new ClientSettingsChange(servers, lan.equals("on")));
            return "ok";
        } catch (RefusedException e) {
            return e.problem().code();
        }
    }

    private String servers() {
        TunnelStatus tunnel = role.status().tunnel();
        return tunnel == null ? "" : String.join(",", tunnel.dns());
    }

    private String await(String state) throws InterruptedException {
        synchronized (changed) {
            while (!role.status().state().toString().equals(state)) {
                changed.wait(PATIENCE_MILLIS);
            }
        }
        return "ok";
    }

    private static String get(String ip) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ip, WEB_PORT), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET /address HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String page =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return page.lines().toList().getLast();
        } catch (IOException e) {
            return "failed";
        }
    }

    private static String knock(String ip) throws IOException {
        InetAddress address = InetAddress.ofLiteral(ip);
        for (int port : new int[] {WEB_PORT, DNS_PORT}) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), KNOCK_MILLIS);
            } catch (IOException e) {
                assert e.getMessage() != null : "refused, unreachable, or nobody answered";
            }
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(new byte[40], 40, address, port));
            } catch (IOException e) {
                assert e.getMessage() != null : "unreachable";
            }
        }
        return "ok";
    }
}
