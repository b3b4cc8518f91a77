package org.flowshield.bench.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.flowshield.bench.measure.Footprint;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.tunnel.AddressPool;
import org.flowshield.node.tunnel.LaneSockets;
import org.flowshield.node.tunnel.LiveSession;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.ProviderTerms;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.PathLimits;
import org.flowshield.node.tunnel.path.ProviderPath;
import org.flowshield.node.tunnel.queue.Rate;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.Offloads;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider without a network device, in a JVM of its own. Prints a line of JSON for its address
 * and one for each line that it reads: {@code measure}, {@code native} for what the JVM's own books
 * say, {@code flood} to send every session more than it can take from then on. Ends with its
 * standard input.
 */
public final class ServingProvider {

    static final int MTU = 1420;

    private static final int MOST_A_ROUND = 4;

    private static final JsonMapper JSON = new JsonMapper();

    private ServingProvider() {}

    /**
     * Serves until its standard input ends.
     *
     * @param arguments the number of sessions; the rate of all in bytes a second, 0 for none
     */
    public static void main(String[] arguments) throws IOException, MalformedMultiaddrException {
        SecureRandom random = new SecureRandom();
        ProviderTerms terms =
                new ProviderTerms(
                        true, true, MTU, Offloads.ALL, List.of(), Integer.parseInt(arguments[0]));
        MemoryTun.Pair device =
                MemoryTun.pair(
                        MTU, Offloads.ALL, Offloads.ALL, MemoryTun.Overflow.WAIT, 1024 * 1024);
        try (device;
                PrivateKey key = PrivateKey.generate(random);
                ProviderPath path = new ProviderPath(device.left(), limits(arguments[1]), _ -> {});
                Host host =
                        Hosts.builder(key, random).listenOptions(LaneSockets.options(0)).build();
                ProviderService service =
                        new ProviderService(
                                terms,
                                AddressPool.random(random),
                                path,
                                new Silent(),
                                random,
                                System::nanoTime)) {
            path.start();
            host.handle(service);
            Thread.ofPlatform().daemon().name("echo").start(() -> echo(device.right()));
            Multiaddr address = host.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
            say(Map.of("address", address.withPeer(host.peerId()).toString()));
            answer(service, device.right(), arguments[1].equals("0") ? 1 : MOST_A_ROUND);
        }
    }

    private static PathLimits limits(String rate) {
        long bytes = Long.parseLong(rate);
        return bytes == 0
                ? PathLimits.DEFAULT
                : PathLimits.DEFAULT.withRates(Rate.UNLIMITED, new Rate(bytes));
    }

    /**
     * One to so many packets a round for each, so that equal shares are not for free where rates
     * are shared.
     */
    private static void flood(List<LiveSession> sessions, MemoryTun internet, int most) {
        ByteBuffer batch = ByteBuffer.allocateDirect(sessions.size() * most * Frame.MAX);
        for (int number = 0; number < sessions.size(); number++) {
            Inet4Address client = sessions.get(number).inner().v4().orElseThrow();
            for (int packet = 0; packet <= number % most; packet++) {
                batch.put(Packets.frame(Packets.TCP, BenchClient.INTERNET, client, MTU));
            }
        }
        batch.flip();
        try {
            while (true) {
                int _ = internet.write(batch.rewind());
            }
        } catch (AsynchronousCloseException _) {
            // the end
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("we make whole frames", e);
        }
    }

    private record Silent() implements ProviderService.Watcher {
        @Override
        public void opened(PeerId peer, Grant grant) {}

        @Override
        public void ended(PeerId peer, Grant grant, PathCounters carried, String why) {}
    }

    private static void answer(ProviderService service, MemoryTun internet, int most)
            throws IOException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            switch (line) {
                case "measure" -> {
                    Map<String, Object> told = new LinkedHashMap<>();
                    told.put("sessions", service.sessions().size());
                    told.put("footprint", Footprint.own().json());
                    say(told);
                }
                case "native" -> say(Map.of("native", nativeMemory()));
                case "flood" -> {
                    Thread.ofPlatform()
                            .daemon()
                            .name("flood")
                            .start(() -> flood(service.sessions(), internet, most));
                    say(Map.of("flooding", service.sessions().size()));
                }
                default -> throw new IOException("unknown command: " + line);
            }
        }
    }

    private static String nativeMemory() throws IOException {
        try {
            Object told =
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    "vmNativeMemory",
                                    new Object[] {new String[] {"summary"}},
                                    new String[] {String[].class.getName()});
            return String.valueOf(told);
        } catch (JMException e) {
            throw new IOException("this JVM does not tell its native memory", e);
        }
    }

    /** The internet of this provider: what comes goes back to its sender. */
    private static void echo(MemoryTun internet) {
        ByteBuffer batch = ByteBuffer.allocateDirect(4 * Frame.MAX);
        try {
            while (true) {
                internet.read(batch.clear(), true);
                batch.flip();
                Packets.turn(batch);
                int _ = internet.write(batch);
            }
        } catch (AsynchronousCloseException e) {
            say(Map.of("end", "the device was closed"));
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("our own device gave what it does not take", e);
        }
    }

    private static synchronized void say(Map<String, ?> what) {
        System.out.println(JSON.writeValueAsString(what));
    }
}
