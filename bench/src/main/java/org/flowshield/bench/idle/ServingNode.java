package org.flowshield.bench.idle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.flowshield.bench.measure.Footprint;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.DhtOptions;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.pubsub.PubSub;
import org.flowshield.libp2p.pubsub.PubSubOptions;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.flowshield.node.role.Hosts;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node with all that a fullnode's has: identify, ping, a server of the DHT, pubsub. Its limits
 * for each address hold for loopback too; those of the whole node are raised to what is measured.
 * Prints a line of JSON for its address and one for each line that it reads: {@code measure},
 * {@code histogram} for what is in its heap, {@code native} for what the JVM's own books say. Ends
 * with its standard input.
 */
public final class ServingNode {

    private static final JsonMapper JSON = new JsonMapper();

    /** For new connections beside the idle ones. */
    private static final int SPARE = 1_000;

    private ServingNode() {}

    /**
     * Serves until its standard input ends.
     *
     * @param arguments how many connections it is to hold
     */
    public static void main(String[] arguments) throws IOException, MalformedMultiaddrException {
        SecureRandom random = new SecureRandom();
        int connections = Integer.parseInt(arguments[0]) + SPARE;
        Limits limits =
                Limits.DEFAULT
                        .withLoopbackCounted()
                        .with(Limit.CONNECTIONS_INBOUND, connections)
                        .with(Limit.SOCKETS, connections + SPARE);
        try (PrivateKey key = PrivateKey.generate(random);
                Host host = Hosts.builder(key, random).limits(limits).build()) {
            AdvertisedAddresses advertised = AdvertisedAddresses.ofThisMachine();
            Identify identify =
                    Identify.install(host, key, "bench/1", Clock.systemUTC(), advertised);
            host.handle(new Ping(random, System::nanoTime));
            try (Dht dht = Dht.of(host, identify, advertised, DhtOptions.DEFAULT);
                    PubSub pubsub = PubSub.of(host, identify, key, options(random))) {
                Multiaddr address = host.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
                say(Map.of("address", address.withPeer(host.peerId()).toString()));
                answer(host, dht, pubsub);
            }
        }
    }

    private static PubSubOptions options(SecureRandom random) {
        return PubSubOptions.of(random, System::nanoTime, Clock.systemUTC());
    }

    private static void answer(Host host, Dht dht, PubSub pubsub) throws IOException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            switch (line) {
                case "measure" -> {
                    Map<String, Object> told = new LinkedHashMap<>();
                    told.put("connections", host.connections().size());
                    told.put("neighbours", dht.neighbours().size());
                    told.put("scored", pubsub.scores().size());
                    told.put("unforced", Footprint.residentNow());
                    told.put("footprint", Footprint.own().json());
                    say(told);
                }
                case "histogram" -> say(Map.of("text", diagnosis("gcClassHistogram")));
                case "native" -> say(Map.of("text", diagnosis("vmNativeMemory", "summary")));
                default -> throw new IOException("unknown command: " + line);
            }
        }
    }

    private static String diagnosis(String what, String... arguments) throws IOException {
        try {
            Object told =
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    what,
                                    new Object[] {arguments},
                                    new String[] {String[].class.getName()});
            return String.valueOf(told);
        } catch (JMException e) {
            throw new IOException("this JVM does not tell its " + what, e);
        }
    }

    private static void say(Map<String, ?> what) {
        System.out.println(JSON.writeValueAsString(what));
    }
}
