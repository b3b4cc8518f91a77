package org.flowshield.bench.directory;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.Serial;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flowshield.bench.Statistics;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.fullnode.Intake;
import org.flowshield.node.fullnode.index.Bounds;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.fullnode.index.MalformedCursorException;
import org.flowshield.node.fullnode.standing.Vouched;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.heartbeat.Heartbeat;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.Service;
import org.flowshield.node.payment.wire.SignedOffer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./dev bench directory}: an index of a million offers, each of a key of its own and signed.
 * It is filled, opened anew, and searched while heartbeats come; then somebody floods it.
 */
@Command(
        name = "directory",
        description = "A fullnode's index: start, searches beside heartbeats, and a flood.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DirectoryBench implements Callable<Integer> {

    private static final double MUST_SEARCH_MILLIS = 20;
    private static final double MUST_START_SECONDS = 10;
    private static final double MUST_BEATS = 2_000;
    private static final double NEAR_WORST = 0.99;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Each beats once in ten seconds. */
    private static final int BEATING = 20_000;

    private static final int WARM_UP = 300;
    private static final int LOST = 1024;

    private static final String[] COUNTRIES = {
        "NL", "DE", "FR", "US", "SE", "CH", "GB", "JP", "SG", "BR", "CA", "IS", "RO", "PL", "ZA",
        "AU"
    };

    private static final MarketNetwork NETWORK =
            new MarketNetwork(new ChannelDomain(new ChainId(1), wallet(1)));

    @Option(
            names = "--offers",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many are indexed (${DEFAULT-VALUE}).")
    private int offers;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long is searched (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--pause",
            paramLabel = "MS",
            defaultValue = "20",
            description = "Between two searches in milliseconds (${DEFAULT-VALUE}).")
    private int pause;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "Keeps the index there, and goes on with one that is there already: signing a"
                            + " million offers takes minutes.")
    private @Nullable Path kept;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final Map<String, Double> report = new LinkedHashMap<>();
    private final Random random = new Random(1);

    @Override
    public Integer call() throws Exception {
        if (kept != null) {
            return run(kept);
        }
        Path folder = Files.createTempDirectory("flowshield-directory");
        try {
            return run(folder.resolve("market.db"));
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private int run(Path file) throws IOException, InterruptedException {
        Instant now = Instant.now();
        List<PrivateKey> beating = fill(file, now);
        report.put("file_mib", Files.size(file) / (double) (1 << 20));
        long start = System.nanoTime();
        long busy = cpuNanos();
        try (Index index = Index.open(file, Bounds.DEFAULT, Instant.now())) {
            report.put("start_cpu_s", (cpuNanos() - busy) / NANOS_PER_SECOND);
            report.put("start_s", (System.nanoTime() - start) / NANOS_PER_SECOND);
            report.put("offers", (double) index.size());
            search(index, beating);
            flood(index);
            memory();
        }
        report.put("must_search_p99_ms", MUST_SEARCH_MILLIS);
        report.put("must_start_s", MUST_START_SECONDS);
        report.put("must_heartbeats_per_s", MUST_BEATS);
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(report));
        } else {
            report.forEach((name, value) -> System.out.printf("%-28s %.2f%n", name, value));
        }
        return value("search_p99_ms") <= MUST_SEARCH_MILLIS
                        && value("start_s") <= MUST_START_SECONDS
                        && value("heartbeats_per_s") >= 0.99 * MUST_BEATS
                ? 0
                : 1;
    }

    /** On a machine that is busy with something else, this is what a quiet one would need. */
    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    private double value(String name) {
        return report.getOrDefault(name, Double.NaN);
    }

    // ---- filling ----

    private List<PrivateKey> fill(Path file, Instant now) throws IOException, InterruptedException {
        List<PrivateKey> beating = new ArrayList<>();
        long start = System.nanoTime();
        try (Index index = Index.open(file, Bounds.DEFAULT, now)) {
            int chunk = 20_000;
            int there = index.size();
            for (int number = 0; number < Math.min(BEATING, there); number++) {
                beating.add(key(number));
            }
            for (int first = there; first < offers; first += chunk) {
                List<Signed> made =
                        IntStream.range(first, Math.min(offers, first + chunk))
                                .parallel()
                                .mapToObj(number -> signed(number, now))
                                .toList();
                for (Signed each : made) {
                    if (!index.admit(each.listing(), each.stake(), now).isIn()) {
                        throw new IllegalStateException("a sound offer was refused");
                    }
                    if (beating.size() < BEATING) {
                        beating.add(each.key());
                    } else {
                        each.key().close();
                    }
                    if (index.size() % 10_000 == 0) {
                        index.save(false);
                    }
                }
            }
        }
        report.put("fill_s", (System.nanoTime() - start) / NANOS_PER_SECOND);
        return beating;
    }

    private record Signed(PrivateKey key, SignedListing listing, TokenAmount stake) {}

    private static Signed signed(int number, Instant now) {
        Random random = new Random(number);
        PrivateKey key = key(number);
        Offer offer =
                new Offer(
                        NodeKey.of(key.publicKey()).orElseThrow().bytes(),
                        wallet(1000 + number / 4),
                        NETWORK.channels(),
                        new Price(milli(1 + random.nextInt(500))),
                        1 << 18,
                        1 << 24,
                        milli(100),
                        now.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS),
                        1,
                        new Service(
                                1_000_000L * (1 + random.nextInt(1000)),
                                Optional.of(
                                        new Country(COUNTRIES[random.nextInt(COUNTRIES.length)])),
                                true,
                                random.nextBoolean(),
                                List.of("/flowshield/tunnel/1.0.0")));
        SignedListing listing =
                SignedListing.sign(
                        SignedOffer.sign(offer, key),
                        List.of(address("/ip4/203.0.113." + number % 250 + "/tcp/4001")),
                        1,
                        key);
        return new Signed(key, listing, milli(1_000_000L + random.nextInt(9_000_000)));
    }

    /** The same each time, so that an index that was kept can be spoken for again. */
    private static PrivateKey key(int number) {
        return PrivateKey.generate(new Numbered(number));
    }

    /** Not random at all: for keys that own nothing. */
    private static final class Numbered extends SecureRandom {

        @Serial private static final long serialVersionUID = 1;

        private final transient Random bytes;

        Numbered(int number) {
            bytes = new Random(number);
        }

        @Override
        public void nextBytes(byte[] into) {
            bytes.nextBytes(into);
        }
    }

    private static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EvmAddress wallet(int number) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[0] = 1;
        BigInteger value = BigInteger.valueOf(number);
        byte[] low = value.toByteArray();
        System.arraycopy(low, 0, bytes, bytes.length - low.length, low.length);
        return new EvmAddress(bytes);
    }

    private static TokenAmount milli(long thousandths) {
        return new TokenAmount(BigInteger.valueOf(thousandths).multiply(BigInteger.TEN.pow(15)));
    }

    // ---- searching beside heartbeats ----

    private void search(Index index, List<PrivateKey> beating)
            throws IOException, InterruptedException {
        Intake intake = intake(index);
        for (int i = 0; i < WARM_UP; i++) {
            ask(index, query(i), Instant.now());
        }
        AtomicBoolean end = new AtomicBoolean();
        AtomicLong taken = new AtomicLong();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        // Signing would take as much of the machine as what is measured: it is done before.
        List<List<byte[]>> beats = signedBeats(beating);
        long begun = System.nanoTime();
        Thread beat =
                Thread.ofPlatform()
                        .name("heartbeats")
                        .start(() -> beat(intake, beating, beats, begun, end, taken));
        Thread upkeep =
                Thread.ofPlatform()
                        .name("upkeep")
                        .start(
                                () -> {
                                    while (!end.get()) {
                                        try {
                                            index.upkeep(Instant.now());
                                            index.save(true);
                                        } catch (IOException e) {
                                            failure.set(e);
                                        }
                                        LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
                                    }
                                });
        List<Double> millis = new ArrayList<>();
        List<Double> busyMillis = new ArrayList<>();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long until = begun + Duration.ofSeconds(seconds).toNanos();
        for (int i = 0; System.nanoTime() < until; i++) {
            long start = System.nanoTime();
            long busy = threads.getCurrentThreadCpuTime();
            ask(index, query(i), Instant.now());
            busyMillis.add((threads.getCurrentThreadCpuTime() - busy) / NANOS_PER_MILLI);
            millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
            Thread.sleep(pause);
        }
        double elapsed = (System.nanoTime() - begun) / NANOS_PER_SECOND;
        end.set(true);
        beat.join();
        LockSupport.unpark(upkeep);
        upkeep.join();
        if (failure.get() != null) {
            throw new IOException(failure.get());
        }
        report.put("searches", (double) millis.size());
        report.put("search_p50_ms", Statistics.quantile(millis, 0.5));
        report.put("search_p99_ms", Statistics.quantile(millis, NEAR_WORST));
        report.put("search_worst_ms", Statistics.quantile(millis, 1));
        report.put("search_cpu_p50_ms", Statistics.quantile(busyMillis, 0.5));
        report.put("search_cpu_p99_ms", Statistics.quantile(busyMillis, NEAR_WORST));
        report.put("heartbeats_per_s", taken.get() / elapsed);
    }

    /** Each of those that beat says so once in ten seconds: by second, whose turn it is. */
    private List<List<byte[]>> signedBeats(List<PrivateKey> beating) {
        Instant start = Instant.now();
        int each = (int) MUST_BEATS;
        return IntStream.range(0, seconds)
                .mapToObj(
                        second ->
                                IntStream.range(0, Math.min(each, beating.size()))
                                        .parallel()
                                        .mapToObj(
                                                i ->
                                                        SignedHeartbeat.sign(
                                                                        new Heartbeat(
                                                                                Bytes32.ZERO,
                                                                                start.plusSeconds(
                                                                                        second),
                                                                                second,
                                                                                i % 50,
                                                                                1_000_000L * i),
                                                                        beating.get(
                                                                                (second * each + i)
                                                                                        % beating
                                                                                                .size()))
                                                                .encoded())
                                        .toList())
                .toList();
    }

    private static void beat(
            Intake intake,
            List<PrivateKey> beating,
            List<List<byte[]>> beats,
            long begun,
            AtomicBoolean end,
            AtomicLong taken) {
        Topic topic = new Topic(NETWORK.heartbeats());
        for (int second = 0; second < beats.size() && !end.get(); second++) {
            List<byte[]> now = beats.get(second);
            for (int i = 0; i < now.size() && !end.get(); i++) {
                long due = begun + (long) ((second + (double) i / now.size()) * NANOS_PER_SECOND);
                long early = due - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(early);
                }
                PeerId author =
                        PeerId.of(
                                beating.get((second * now.size() + i) % beating.size())
                                        .publicKey());
                if (intake.heartbeat(message(topic, author, now.get(i))) == Verdict.ACCEPT) {
                    taken.incrementAndGet();
                }
            }
        }
    }

    private static ReceivedMessage message(Topic topic, PeerId author, byte[] data) {
        return new ReceivedMessage(topic, ID, author, author, 1, data);
    }

    private static final MessageId ID = new MessageId(ByteString.copyFromUtf8("bench"));

    private static Intake intake(Index index) {
        return new Intake(
                NETWORK,
                index,
                _ -> new Vouched.Yes(TokenAmount.ZERO),
                InstantSource.system(),
                System::nanoTime);
    }

    /** All kinds, some of which fit nobody. */
    private Query query(int number) {
        Query.Sort sort =
                switch (number % 3) {
                    case 0 -> Query.Sort.QUALITY;
                    case 1 -> Query.Sort.PRICE;
                    default -> Query.Sort.SPEED;
                };
        return switch (number % 5) {
            case 0 -> new Query(Optional.empty(), Optional.empty(), 0, sort, 100, Optional.empty());
            case 1 ->
                    new Query(
                            Optional.of(new Country(COUNTRIES[random.nextInt(COUNTRIES.length)])),
                            Optional.empty(),
                            0,
                            sort,
                            20,
                            Optional.empty());
            case 2 ->
                    new Query(
                            Optional.of(new Country("NL")),
                            Optional.of(milli(2)),
                            950_000_000,
                            sort,
                            100,
                            Optional.empty());
            case 3 ->
                    new Query(
                            Optional.empty(),
                            Optional.of(milli(1 + random.nextInt(300))),
                            1_000_000L * random.nextInt(900),
                            sort,
                            50,
                            Optional.empty());
            default ->
                    new Query(
                            Optional.of(new Country("AQ")),
                            Optional.empty(),
                            0,
                            sort,
                            100,
                            Optional.empty());
        };
    }

    private static void ask(Index index, Query query, Instant now)
            throws IOException, InterruptedException {
        try {
            Index.Found found = index.search(query, now);
            if (found.listed().size() > query.limit()) {
                throw new IllegalStateException("more than was asked for");
            }
        } catch (MalformedCursorException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- a flood ----

    /** One peer sends as much as it can, none of it signed: almost none of it is looked at. */
    private void flood(Index index) {
        Intake intake = intake(index);
        try (PrivateKey stranger = PrivateKey.generate(new SecureRandom())) {
            PeerId author = PeerId.of(stranger.publicKey());
            Topic topic = new Topic(NETWORK.listings());
            byte[] junk = new byte[LOST];
            long start = System.nanoTime();
            int sent = 200_000;
            for (int i = 0; i < sent; i++) {
                var _ = intake.listing(message(topic, author, junk));
            }
            double micros = (System.nanoTime() - start) / 1e3 / sent;
            report.put("flood_us_per_message", micros);
            report.put("flood_looked_at", (double) intake.listings(Intake.Fate.LIE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void memory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        report.put("heap_mib", (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20));
    }
}
