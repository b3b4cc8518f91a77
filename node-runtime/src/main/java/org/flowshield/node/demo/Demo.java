package org.flowshield.node.demo;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.flowshield.node.demo.DemoReport.Check;
import org.flowshield.node.demo.DemoReport.Rtt;
import org.flowshield.node.demo.DemoReport.Throughput;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider and a client in a lab: connects, looks at a page, copies, measures, pulls the plug and
 * puts everything away. One thread; the lab ends what was started whatever happens.
 */
public final class Demo {

    /** Bytes copied each way. */
    static final long COPY = 200_000_000;

    private static final int PINGS = 400;
    private static final int PAGE_MILLIS = 10_000;

    /** How long a page is waited for that must not come. */
    private static final int BLOCKED_MILLIS = 3_000;

    private static final Duration START_WITHIN = Duration.ofMinutes(1);
    private static final Duration COPY_WITHIN = Duration.ofMinutes(3);

    /** It says goodbye and puts routes and rules back. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private static final Pattern PING_TIME = Pattern.compile("time=([0-9.]+) ms");

    private final Class<?> nodeMain;
    private final Consumer<String> progress;
    private final List<Check> checks = new ArrayList<>();

    /**
     * @param nodeMain the main class that knows {@code node provider} and {@code node client}
     * @param progress told in a line what is going on
     */
    public Demo(Class<?> nodeMain, Consumer<String> progress) {
        this.nodeMain = nodeMain;
        this.progress = progress;
    }

    /**
     * Runs it all.
     *
     * @throws LabException if it could not be brought to its end; nothing is left behind
     */
    public DemoReport run() throws LabException, InterruptedException {
        try (Lab lab = Lab.create(progress)) {
            return run(lab);
        }
    }

    private DemoReport run(Lab lab) throws LabException, InterruptedException {
        URI web = lab.startWebServer();
        LeakDetector leaks = new LeakDetector(lab);
        beforeConnecting(lab, web, leaks);
        List<String> clientBefore = network(lab, Namespace.CLIENT);
        List<String> providerBefore = network(lab, Namespace.PROVIDER);

        progress.accept("starting the provider");
        LabProcess provider =
                node(
                        lab,
                        Namespace.PROVIDER,
                        "provider",
                        "--listen",
                        "/ip4/" + Link.PROVIDER.ipv4().getHostAddress() + "/tcp/4001",
                        "--json");
        JsonNode listening = awaitEvent(provider, "listening");
        progress.accept("starting the client and connecting");
        LabProcess client =
                node(
                        lab,
                        Namespace.CLIENT,
                        "client",
                        listening.get("multiaddrs").get(0).asString(),
                        "--json");
        JsonNode connected = awaitEvent(client, "connected");
        check(
                "connected",
                true,
                "inner addresses "
                        + connected.path("ipv4").asString("none")
                        + " and "
                        + connected.path("ipv6").asString("none"));

        throughTheTunnel(lab, web);
        progress.accept("copying 200 MB each way");
        Throughput throughput = copy(lab, web);
        progress.accept("measuring round trips");
        Rtt rtt = ping(lab);
        whileTheProviderHangs(lab, web, provider, leaks);

        progress.accept("disconnecting");
        List<String> clientSaid = end(client);
        List<String> providerSaid = end(provider);
        Map<String, Object> session = session(connected, clientSaid, providerSaid);
        putBack(lab, Namespace.CLIENT, clientBefore);
        putBack(lab, Namespace.PROVIDER, providerBefore);
        return DemoReport.of(checks, throughput, rtt, session);
    }

    private LabProcess node(Lab lab, Namespace namespace, String... words) throws LabException {
        List<String> arguments = new ArrayList<>(List.of("node"));
        arguments.addAll(List.of(words));
        return lab.startJava(namespace, nodeMain, arguments.toArray(String[]::new));
    }

    /** Shows that the server would see the client, and that the detector sees it too. */
    private void beforeConnecting(Lab lab, URI web, LeakDetector leaks)
            throws LabException, InterruptedException {
        progress.accept("visiting the web server without a tunnel");
        String seen = page(lab, web.resolve("/address")).strip();
        String own = Link.CLIENT.ipv4().getHostAddress();
        long packets = leaks.takePackets();
        check(
                "without the tunnel the server sees the client",
                seen.equals(own) && packets > 0,
                "it saw %s; the router counted %d packets".formatted(seen, packets));
    }

    private void throughTheTunnel(Lab lab, URI web) throws LabException, InterruptedException {
        progress.accept("fetching a page through the tunnel");
        String page = page(lab, web);
        check(
                "a page came through the tunnel",
                page.contains("Hello from the other side"),
                page.length() + " characters");
        String seen = page(lab, web.resolve("/address")).strip();
        check(
                "the server saw the provider, not the client",
                seen.equals(Link.PROVIDER.ipv4().getHostAddress()),
                "it saw " + seen);
        URI web6 = URI.create("http://[" + Link.INTERNET.ipv6().getHostAddress() + "]/address");
        String seen6 = page(lab, web6).strip();
        check(
                "the same over IPv6",
                seen6.equals(Link.PROVIDER.ipv6().getHostAddress()),
                "it saw " + seen6);
    }

    private Throughput copy(Lab lab, URI web) throws LabException, InterruptedException {
        double up = copy(lab, web, "upload");
        double down = copy(lab, web, "download");
        return new Throughput(up, down);
    }

    private double copy(Lab lab, URI web, String direction)
            throws LabException, InterruptedException {
        Completed copied =
                visit(lab, direction, web.toString(), Long.toString(COPY)).await(COPY_WITHIN);
        check(
                "200 MB " + direction + " intact",
                copied.succeeded(),
                copied.succeeded() ? "every byte" : lastLine(copied.errors()));
        if (!copied.succeeded()) {
            return 0;
        }
        double seconds = Long.parseLong(copied.output().strip()) / 1e9;
        return COPY * 8 / 1e6 / seconds;
    }

    private Rtt ping(Lab lab) throws LabException, InterruptedException {
        Completed pings =
                lab.start(
                                Namespace.CLIENT,
                                "ping",
                                "-n",
                                "-i",
                                "0.01",
                                "-c",
                                Integer.toString(PINGS),
                                Link.INTERNET.ipv4().getHostAddress())
                        .await(COPY_WITHIN);
        List<Double> times =
                PING_TIME
                        .matcher(pings.output())
                        .results()
                        .map(result -> Double.parseDouble(result.group(1)))
                        .toList();
        check("pings are answered", times.size() == PINGS, times.size() + " of " + PINGS);
        return times.isEmpty() ? new Rtt(0, 0) : Rtt.of(times);
    }

    /** The tunnel stands but carries nothing: then nothing may leave in the clear. */
    private void whileTheProviderHangs(Lab lab, URI web, LabProcess provider, LeakDetector leaks)
            throws LabException, InterruptedException {
        progress.accept("stopping the provider to see what the client does");
        signal(lab, provider, "-STOP");
        Completed blocked =
                visit(lab, "get", web.toString(), Integer.toString(BLOCKED_MILLIS))
                        .await(START_WITHIN);
        signal(lab, provider, "-CONT");
        check(
                "while the provider hangs no page arrives",
                !blocked.succeeded(),
                blocked.succeeded() ? "a page came" : "nothing within 3 s");
        Completed again =
                visit(lab, "get", web.toString(), Integer.toString(PAGE_MILLIS))
                        .await(START_WITHIN);
        check(
                "when it goes on pages arrive again",
                again.succeeded(),
                again.succeeded()
                        ? again.output().length() + " characters"
                        : lastLine(again.errors()));
        long packets = leaks.takePackets();
        check(
                "nothing left the client outside of the tunnel",
                packets == 0,
                "the router counted " + packets + " packets");
    }

    private static void signal(Lab lab, LabProcess process, String signal)
            throws LabException, InterruptedException {
        lab.run(Namespace.ROUTER, "kill", signal, Long.toString(process.pid()));
    }

    /** Ends a node in order and gives all that it said. */
    private static List<String> end(LabProcess node) throws LabException, InterruptedException {
        node.terminate();
        return node.await(STOP_WITHIN).output().lines().toList();
    }

    private Map<String, Object> session(
            JsonNode connected, List<String> client, List<String> provider) {
        JsonNode ours = lastEvent(client, "counters");
        JsonNode theirs = lastEvent(provider, "session_ended");
        long up = ours.path("sent_bytes").asLong(0);
        long down = ours.path("received_bytes").asLong(0);
        check(
                "the session carried what was copied",
                up > COPY && down > COPY,
                "%,d bytes up, %,d bytes down".formatted(up, down));
        long theirUp = theirs.path("received_bytes").asLong(0);
        long theirDown = theirs.path("sent_bytes").asLong(0);
        check(
                "both sides counted the same",
                near(up, theirUp) && near(down, theirDown),
                "the provider: %,d bytes up, %,d bytes down".formatted(theirUp, theirDown));
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("ipv4", connected.path("ipv4").asString(""));
        session.put("ipv6", connected.path("ipv6").asString(""));
        session.put("mtu", connected.path("mtu").asInt(0));
        session.put("lanes", connected.path("lanes").asInt(0));
        session.put("bytes_up", up);
        session.put("bytes_down", down);
        session.put("packets_up", ours.path("sent_packets").asLong(0));
        session.put("packets_down", ours.path("received_packets").asLong(0));
        session.put("dropped", ours.path("dropped").asLong(0));
        return session;
    }

    /** Packets on their way when the session ends are counted by the sender alone. */
    private static boolean near(long one, long other) {
        return Math.abs(one - other) <= Math.max(one, other) / 100;
    }

    private void putBack(Lab lab, Namespace namespace, List<String> before)
            throws LabException, InterruptedException {
        List<String> after = network(lab, namespace);
        List<String> changed = new ArrayList<>(after);
        before.forEach(changed::remove);
        List<String> missing = new ArrayList<>(before);
        after.forEach(missing::remove);
        check(
                "the " + namespace.label() + "'s network is as it was",
                after.equals(before),
                after.equals(before)
                        ? before.size() + " lines of rules, routes and settings"
                        : "new: " + changed + ", gone: " + missing);
    }

    /** All of a machine's network that a node changes. */
    private static List<String> network(Lab lab, Namespace namespace)
            throws LabException, InterruptedException {
        String all =
                lab.run(
                                namespace,
                                "sh",
                                "-c",
                                """
                                ip -4 rule; ip -6 rule
                                ip -4 route show table all; ip -6 route show table all
                                ip -o link; nft list ruleset
                                grep -rs . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf \
                                    /proc/sys/net/ipv6/conf | sort
                                """)
                        .output();
        return all.lines().toList();
    }

    private static String page(Lab lab, URI uri) throws LabException, InterruptedException {
        return visit(lab, "get", uri.toString(), Integer.toString(PAGE_MILLIS))
                .awaitSuccess(START_WITHIN)
                .output();
    }

    private static LabProcess visit(Lab lab, String... arguments) throws LabException {
        return lab.startJava(Namespace.CLIENT, WebVisit.class, arguments);
    }

    private static JsonNode awaitEvent(LabProcess node, String event)
            throws LabException, InterruptedException {
        String mark = "{\"event\":\"" + event + "\"";
        String line = node.awaitLine(event, said -> said.startsWith(mark), START_WITHIN);
        return JsonMapper.shared().readTree(line);
    }

    /** An empty object if it never happened. */
    private static JsonNode lastEvent(List<String> said, String event) {
        String mark = "{\"event\":\"" + event + "\"";
        List<String> lines = said.stream().filter(line -> line.startsWith(mark)).toList();
        return JsonMapper.shared().readTree(lines.isEmpty() ? "{}" : lines.getLast());
    }

    private static String lastLine(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "" : lines.getLast().strip();
    }

    private void check(String name, boolean ok, String detail) {
        checks.add(new Check(name, ok, detail));
        progress.accept((ok ? "  ok    " : "  FAIL  ") + name + ": " + detail);
    }
}
