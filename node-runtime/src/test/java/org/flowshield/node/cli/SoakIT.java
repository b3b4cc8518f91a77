package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.demo.WebVisit;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two daemons that connect, disconnect and are killed for minutes: neither may grow, and the kernel
 * of neither may keep anything. {@code ./dev soak} takes half an hour.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class SoakIT {

    /** Half of it for each side. */
    private static final Duration LENGTH =
            Duration.ofSeconds(
                    (long)
                            (60
                                    * Double.parseDouble(
                                            System.getProperty("flowshield.soak.minutes", "1"))));

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Classes load, buffers reach their size and threads their number in the first rounds. */
    private static final int WARM_UP_ROUNDS = 3;

    /** One more round than that and the last quarter is another than the first. */
    private static final int LEAST_ROUNDS = 8;

    /** What a heap differs by from one collection to the next. */
    private static final long HEAP_NOISE = 12 << 20;

    private static final int ATTEMPTS = 8;

    /** Connections to the API that are not yet closed; one kept in each round would be more. */
    private static final int FILES_NOISE = 4;

    /** Threads of pools come and go. */
    private static final int THREADS_NOISE = 4;

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private static final String[] PROVIDER = {
        "--free",
        "--set",
        "roles.enabled=provider",
        "--set",
        "provider.listen=/ip4/" + Link.PROVIDER.ipv4().getHostAddress() + "/tcp/4001"
    };

    private static final String[] CLIENT = {"--set", "roles.enabled=client"};

    /** What a daemon holds when nothing is connected. */
    private record Held(Map<String, Long> open, long threads, long heap, List<String> kernel) {

        long files() {
            return open.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    @BeforeEach
    void needs_root() {
        Assumptions.assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        Assumptions.assumeTrue(
                Prerequisites.missingPackages().isEmpty(),
                "needs the packages " + Prerequisites.missingPackages());
    }

    @Test
    void nothing_grows() throws Exception {
        long seed = new SecureRandom().nextLong();
        System.out.println("SoakIT: seed " + seed + ", " + LENGTH.toSeconds() + " s");
        Random random = new Random(seed);
        try (Lab lab = Lab.create(line -> System.out.println("SoakIT: " + line))) {
            URI web = lab.startWebServer();
            LabDaemon provider = start(lab, Namespace.PROVIDER, PROVIDER);
            LabDaemon client = start(lab, Namespace.CLIENT, CLIENT);
            String address = provider.multiaddr();
            List<Held> ofClient = new ArrayList<>();
            for (long end = System.nanoTime() + LENGTH.toNanos() / 2;
                    System.nanoTime() - end < 0 || ofClient.size() < LEAST_ROUNDS; ) {
                connectAndVisit(lab, web, client, address);
                switch (random.nextInt(3)) {
                    case 0 -> provider = killed(lab, Namespace.PROVIDER, provider, PROVIDER);
                    case 1 -> pause(provider, random.nextInt(2000));
                    default -> {} // an ordinary end
                }
                awaitConnected(client);
                visit(lab, web);
                ClientStatus _ = client.api().disconnect();
                ofClient.add(held(lab, Namespace.CLIENT, client));
            }
            assertSteady("client", ofClient);

            List<Held> ofProvider = new ArrayList<>();
            for (long end = System.nanoTime() + LENGTH.toNanos() / 2;
                    System.nanoTime() - end < 0 || ofProvider.size() < LEAST_ROUNDS; ) {
                connectAndVisit(lab, web, client, address);
                if (random.nextBoolean()) {
                    client = killed(lab, Namespace.CLIENT, client, CLIENT);
                } else {
                    ClientStatus _ = client.api().disconnect();
                }
                awaitNoSession(provider);
                ofProvider.add(held(lab, Namespace.PROVIDER, provider));
            }
            assertSteady("provider", ofProvider);
            provider.close();
            client.close();
        }
    }

    private static LabDaemon start(Lab lab, Namespace namespace, String... options)
            throws Exception {
        return LabDaemon.start(lab, namespace, FlowShield.class, options);
    }

    /** What it left in the kernel is the next one's to put back. */
    private static LabDaemon killed(
            Lab lab, Namespace namespace, LabDaemon daemon, String... options) throws Exception {
        daemon.signal("KILL");
        daemon.close();
        daemon.awaitEnd(PATIENCE);
        return start(lab, namespace, options);
    }

    private static void pause(LabDaemon daemon, int millis) throws Exception {
        daemon.signal("STOP");
        Thread.sleep(millis); // for as long as the dice say; nothing is waited for
        daemon.signal("CONT");
    }

    private static void connectAndVisit(Lab lab, URI web, LabDaemon client, String address)
            throws Exception {
        ClientStatus _ = client.api().connect(new ConnectRequest(address, 1));
        visit(lab, web);
    }

    /** A connection from before a new session has an address that is no more: others follow. */
    private static void visit(Lab lab, URI web) throws Exception {
        Completed last = new Completed(-1, "", "");
        for (int attempt = 0; attempt < ATTEMPTS && !last.succeeded(); attempt++) {
            last =
                    lab.startJava(Namespace.CLIENT, WebVisit.class, "get", web.toString(), "5000")
                            .await(PATIENCE);
        }
        assertThat(last.output()).as(last.errors()).contains("Hello");
    }

    private static void awaitConnected(LabDaemon client) throws Exception {
        await(
                () -> {
                    ClientStatus status = client.api().status().client();
                    return status != null && status.state() == ClientState.CONNECTED;
                });
    }

    private static void awaitNoSession(LabDaemon provider) throws Exception {
        await(() -> sessions(provider).isEmpty());
    }

    /** Asks again and again: an event stream would leave a connection behind for a while. */
    private static void await(Callable<Boolean> state) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.call()) {
            assertThat(System.nanoTime() - end).isNegative();
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static List<?> sessions(LabDaemon provider) throws Exception {
        var status = provider.api().status().provider();
        return status == null ? List.of() : status.sessions();
    }

    private static Held held(Lab lab, Namespace namespace, LabDaemon daemon) throws Exception {
        Path process = Path.of("/proc", Long.toString(daemon.pid()));
        jcmd(daemon, "GC.run");
        Matcher used = USED.matcher(jcmd(daemon, "GC.heap_info"));
        assertThat(used.find()).isTrue();
        return new Held(
                open(process.resolve("fd")),
                count(process.resolve("task")),
                Long.parseLong(used.group(1)) << 10,
                kernel(lab, namespace));
    }

    /** How many descriptors there are of each kind. */
    private static Map<String, Long> open(Path folder) throws IOException {
        Map<String, Long> open = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                open.merge(kind(entry), 1L, Long::sum);
            }
        }
        return open;
    }

    private static String kind(Path descriptor) throws IOException {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/") ? target : target.replaceFirst(":\\[\\d+]", "");
        } catch (NoSuchFileException e) {
            return "closed meanwhile";
        }
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static String jcmd(LabDaemon daemon, String command) throws Exception {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(daemon.pid()),
                                command)
                        .redirectErrorStream(true)
                        .start();
        String said =
                new String(
                        jcmd.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        return said;
    }

    private static List<String> kernel(Lab lab, Namespace namespace) throws Exception {
        return lab.run(
                        namespace,
                        "sh",
                        "-c",
                        "ip -4 rule; ip -6 rule; ip -o link | cut -d: -f2; nft list tables")
                .output()
                .lines()
                .toList();
    }

    private static void assertSteady(String whose, List<Held> rounds) {
        List<Held> warm = rounds.subList(WARM_UP_ROUNDS, rounds.size());
        int quarter = Math.max(1, warm.size() / 4);
        List<Held> first = warm.subList(0, quarter);
        List<Held> last = warm.subList(warm.size() - quarter, warm.size());
        Map<String, Long> more = new TreeMap<>(last.getLast().open());
        first.getFirst().open().forEach((kind, count) -> more.merge(kind, -count, Long::sum));
        more.values().removeIf(count -> count == 0);
        System.out.printf(
                "SoakIT: %s, %d rounds: files %d -> %d, threads %d -> %d, heap %,d -> %,d bytes; new %s%n",
                whose,
                rounds.size(),
                median(first, Held::files),
                median(last, Held::files),
                median(first, Held::threads),
                median(last, Held::threads),
                median(first, Held::heap),
                median(last, Held::heap),
                more);
        assertThat(median(last, Held::files))
                .as("%s", more)
                .isLessThanOrEqualTo(median(first, Held::files) + FILES_NOISE);
        assertThat(median(last, Held::threads))
                .isLessThanOrEqualTo(median(first, Held::threads) + THREADS_NOISE);
        assertThat(median(last, Held::heap))
                .isLessThanOrEqualTo(median(first, Held::heap) + HEAP_NOISE);
        assertThat(warm)
                .allSatisfy(held -> assertThat(held.kernel()).isEqualTo(warm.getFirst().kernel()));
    }

    private static long median(List<Held> rounds, ToLongFunction<Held> what) {
        long[] sorted = rounds.stream().mapToLong(what).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
