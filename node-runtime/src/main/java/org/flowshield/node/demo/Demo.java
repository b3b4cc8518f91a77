package org.flowshield.node.demo;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.demo.DemoReport.Check;
import org.flowshield.node.demo.DemoReport.Rtt;
import org.flowshield.node.demo.DemoReport.Throughput;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.jspecify.annotations.Nullable;

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

    private static final Pattern PING_TIME = Pattern.compile("time=([0-9.]+) ms");

    private final Class<?> nodeMain;
    private final Consumer<String> progress;
    private final List<Check> checks = new ArrayList<>();

    /**
     * @param nodeMain the main class that knows {@code daemon}
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
        } catch (NoDaemonException e) {
            throw new LabException("a daemon is gone: " + e.getMessage(), e);
        } catch (RefusedException e) {
            throw new LabException(
                    "a daemon refused: " + e.getMessage() + " -> " + e.problem().action(), e);
        }
    }

    private DemoReport run(Lab lab)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        URI web = lab.startWebServer();
        LeakDetector leaks = new LeakDetector(lab);
        LabMarket money = OpenMarket.chain(lab, progress);
        beforeConnecting(lab, web, leaks);
        List<String> clientBefore = network(lab, Namespace.CLIENT);
        List<String> providerBefore = network(lab, Namespace.PROVIDER);

        progress.accept("starting two fullnodes, three providers and a client");
        try (OpenMarket market = OpenMarket.open(lab, money, nodeMain);
                LabDaemon client = client(lab, money)) {
            LabDaemon provider = market.honest();
            market.allow(client);
            progress.accept("looking around in the market");
            market.lookAround(client, this::check);
            PaidSession paid = new PaidSession(money, provider, client, this::check);
            progress.accept("asking the provider for its price");
            TokenAmount price = paid.askThePrice();
            ClientStatus connected = connect(market, client, price);
            long _ = leaks.takePackets(); // the chain was asked before the tunnel stood
            throughTheTunnel(lab, web);
            progress.accept("copying 200 MB each way");
            Throughput throughput = copy(lab, web);
            progress.accept("measuring round trips");
            Rtt rtt = ping(lab);
            whileTheProviderHangs(lab, web, provider, leaks);
            Traffic clientCounted = traffic(client.api().status().client());
            Traffic providerCounted = traffic(provider.api().status().provider());
            paid.read();
            whileTheClientShares(lab, web, provider, client);

            progress.accept("settling on the chain, closing the channel and disconnecting");
            Map<String, Object> settled = paid.settle();
            ClientStatus _ = client.api().disconnect();
            market.endOthers();
            provider.end();
            client.end();
            Map<String, Object> session = session(connected, clientCounted, providerCounted);
            session.putAll(settled);
            putBack(lab, Namespace.CLIENT, clientBefore);
            putBack(lab, Namespace.PROVIDER, providerBefore);
            return DemoReport.of(checks, throughput, rtt, session);
        }
    }

    private LabDaemon client(Lab lab, LabMarket money) throws LabException, InterruptedException {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--set",
                                "roles.enabled=client",
                                "--set",
                                "provider.listen=/ip4/"
                                        + Link.CLIENT.ipv4().getHostAddress()
                                        + "/tcp/4001"));
        options.addAll(money.paying(LabMarket.DEPOSIT));
        options.addAll(OpenMarket.local());
        return LabDaemon.start(lab, Namespace.CLIENT, nodeMain, options.toArray(String[]::new));
    }

    private ClientStatus connect(OpenMarket market, LabDaemon client, TokenAmount price)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        progress.accept("connecting to the best of the market");
        ClientStatus connected = market.connectToTheBest(client, price, this::check);
        TunnelStatus tunnel = connected.tunnel();
        check(
                "the tunnel stands",
                tunnel != null,
                tunnel == null
                        ? "the client is " + connected.state()
                        : "inner addresses %s and %s".formatted(tunnel.ipv4(), tunnel.ipv6()));
        return connected;
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
    private void whileTheProviderHangs(Lab lab, URI web, LabDaemon provider, LeakDetector leaks)
            throws LabException, InterruptedException {
        progress.accept("stopping the provider to see what the client does");
        provider.signal("STOP");
        Completed blocked =
                visit(lab, "get", web.toString(), Integer.toString(BLOCKED_MILLIS))
                        .await(START_WITHIN);
        provider.signal("CONT");
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

    /** The client lets the provider's machine use its own way to the internet. */
    private void whileTheClientShares(Lab lab, URI web, LabDaemon provider, LabDaemon client)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        progress.accept("letting the provider's machine browse through the client's");
        RoleStatus _ = client.api().enable(RoleName.PROVIDER);
        ClientStatus _ = provider.api().connect(new ConnectRequest(client.multiaddr(), 1));
        String guest = page(lab, Namespace.PROVIDER, web.resolve("/address")).strip();
        check(
                "a guest of a client that shares leaves by its link",
                guest.equals(Link.CLIENT.ipv4().getHostAddress()),
                "the server saw " + guest);
        String own = page(lab, web.resolve("/address")).strip();
        check(
                "the client itself stays in its tunnel",
                own.equals(Link.PROVIDER.ipv4().getHostAddress()),
                "the server saw " + own);
        ClientStatus _ = provider.api().disconnect();
    }

    private static Traffic traffic(@Nullable ClientStatus status) {
        return status == null ? Traffic.NONE : status.traffic();
    }

    private static Traffic traffic(@Nullable ProviderStatus status) {
        return status == null ? Traffic.NONE : status.traffic();
    }

    private Map<String, Object> session(ClientStatus connected, Traffic ours, Traffic theirs) {
        check(
                "the session carried what was copied",
                ours.sentBytes() > COPY && ours.receivedBytes() > COPY,
                "%,d bytes up, %,d bytes down".formatted(ours.sentBytes(), ours.receivedBytes()));
        check(
                "both sides counted the same",
                near(ours.sentBytes(), theirs.receivedBytes())
                        && near(ours.receivedBytes(), theirs.sentBytes()),
                "the provider: %,d bytes up, %,d bytes down"
                        .formatted(theirs.receivedBytes(), theirs.sentBytes()));
        Map<String, Object> session = new LinkedHashMap<>();
        TunnelStatus tunnel = connected.tunnel();
        if (tunnel != null) {
            session.put("ipv4", tunnel.ipv4());
            session.put("ipv6", tunnel.ipv6());
            session.put("dns", tunnel.dns());
            session.put("mtu", tunnel.mtu());
            session.put("lanes", tunnel.lanes());
        }
        session.put("bytes_up", ours.sentBytes());
        session.put("bytes_down", ours.receivedBytes());
        session.put("packets_up", ours.sentPackets());
        session.put("packets_down", ours.receivedPackets());
        session.put("dropped", ours.dropped());
        return session;
    }

    /** Packets on their way when it is counted are counted by the sender alone. */
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
        return page(lab, Namespace.CLIENT, uri);
    }

    private static String page(Lab lab, Namespace from, URI uri)
            throws LabException, InterruptedException {
        return lab.startJava(
                        from, WebVisit.class, "get", uri.toString(), Integer.toString(PAGE_MILLIS))
                .awaitSuccess(START_WITHIN)
                .output();
    }

    private static LabProcess visit(Lab lab, String... arguments) throws LabException {
        return lab.startJava(Namespace.CLIENT, WebVisit.class, arguments);
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
