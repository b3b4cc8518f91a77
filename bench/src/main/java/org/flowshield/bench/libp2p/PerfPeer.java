package org.flowshield.bench.libp2p;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.perf.Perf;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our side of the benchmark: a program with the command line and the lines of JSON of {@code
 * libp2p/src/test/js/peer.mjs}, as far as {@code perf} needs them. Ends with its standard input, at
 * the latest after its lifetime.
 */
@Command(name = "perf-peer")
public final class PerfPeer {

    /** Without a byte moving for so long something is broken. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** As many as the js peer serves; the benchmark opens 100. */
    private static final int MAX_STREAMS = 512;

    private static final JsonMapper JSON = new JsonMapper();

    @Option(names = "--security", scope = ScopeType.INHERIT)
    private Security security = Security.TLS;

    @Option(names = "--lifetime", scope = ScopeType.INHERIT)
    private int lifetimeSeconds = 600;

    private final BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private final Perf perf = new Perf(PATIENCE, System::nanoTime);

    private PerfPeer() {}

    public static void main(String[] arguments) {
        CommandLine line =
                new CommandLine(new PerfPeer()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(arguments));
    }

    @Command
    void listen() throws Exception {
        endInTime();
        try (PrivateKey key = PrivateKey.generate(new SecureRandom());
                Host host = host(key, List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))) {
            reportReady(host);
            while (readCommand() != null) {
                report(Map.of("event", "failed", "message", "listen takes no commands"));
            }
        }
    }

    @Command
    void dial(@Parameters(paramLabel = "MULTIADDR") String address) throws Exception {
        endInTime();
        try (PrivateKey key = PrivateKey.generate(new SecureRandom());
                Host host = host(key, List.of())) {
            Connection connection = host.connect(Multiaddr.parse(address));
            reportReady(host);
            for (String command = readCommand(); command != null; command = readCommand()) {
                report(obey(command, connection));
            }
        }
    }

    private Host host(PrivateKey key, List<Multiaddr> addresses) throws IOException {
        SecureTransport transport =
                switch (security) {
                    case TLS -> new TlsTransport(key, new SecureRandom(), Clock.systemUTC());
                    case NOISE -> new NoiseTransport(key, new SecureRandom());
                };
        HostBuilder builder = new HostBuilder(key).security(transport).protocol(new ManyPerfs());
        addresses.forEach(builder::listen);
        return builder.build();
    }

    /** {@code perf up=BYTES streams=N}. */
    private Map<String, Object> obey(String command, Connection connection)
            throws InterruptedException {
        long up = 0;
        int streams = 1;
        for (String word : List.of(command.split(" ", -1))) {
            if (word.startsWith("up=")) {
                up = Long.parseLong(word, "up=".length(), word.length(), 10);
            } else if (word.startsWith("streams=")) {
                streams = Integer.parseInt(word, "streams=".length(), word.length(), 10);
            }
        }
        try {
            return Map.of("event", "done", "seconds", upload(connection, up, streams));
        } catch (ExecutionException e) {
            return Map.of("event", "failed", "message", String.valueOf(e.getCause()));
        }
    }

    private double upload(Connection connection, long bytes, int streams)
            throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Duration>> running = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                running.add(threads.submit(() -> perf.run(connection, bytes, 0)));
            }
            for (Future<Duration> one : running) {
                one.get();
            }
        }
        return (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private void endInTime() {
        CompletableFuture.delayedExecutor(lifetimeSeconds, TimeUnit.SECONDS)
                .execute(() -> System.exit(4));
    }

    private @Nullable String readCommand() throws IOException {
        return commands.readLine();
    }

    private static void reportReady(Host host) {
        report(
                Map.of(
                        "event",
                        "ready",
                        "peerId",
                        host.peerId().toString(),
                        "multiaddrs",
                        host.listenAddresses().stream()
                                .map(address -> address.withPeer(host.peerId()).toString())
                                .toList()));
    }

    private static void report(Map<String, Object> event) {
        PrintStream out = System.out;
        out.println(JSON.writeValueAsString(event));
        out.flush();
    }

    /** Perf as it is, for more streams at a time than it takes by itself. */
    private final class ManyPerfs implements ProtocolBinding {

        @Override
        public List<ProtocolId> ids() {
            return perf.ids();
        }

        @Override
        public int maxInboundPerConnection() {
            return MAX_STREAMS;
        }

        @Override
        public void accept(Stream stream) throws IOException {
            perf.accept(stream);
        }
    }
}
