package org.flowshield.bench.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.bench.measure.Footprint;
import org.flowshield.bench.measure.ServingProcess;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.cli.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * Many clients on one provider. The provider is a process of its own without a network device, all
 * clients are in this one, each with a key, a loopback address, connections (TLS) and a device in
 * memory of its own. Each sends one packet and gets it back, so that every lane has worked; then
 * all are idle, and the provider is measured beside what it was before the first came.
 */
@Command(
        name = "clients",
        mixinStandardHelpOptions = true,
        description = "The memory and threads that idle clients cost a provider.")
public final class ClientsBench implements Callable<Integer> {

    private static final double MIB = 1024 * 1024;
    private static final int WHOLE_PACKET = 1400;

    @Mixin private final Output output = new Output();

    @Option(names = "--clients", paramLabel = "N", description = "How many (default: 200).")
    private int clients = 200;

    @Option(names = "--lanes", paramLabel = "N", description = "Bulk lanes of each (default: 2).")
    private int lanes = 2;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "Between the last packet and the measurement (default: 15).")
    private int settle = 15;

    @Option(
            names = "--native",
            description = "Prints the JVM's own books too; they cost memory themselves.")
    private boolean nativeBooks;

    private final List<BenchClient> connected = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> jvm = nativeBooks ? List.of("-XX:NativeMemoryTracking=summary") : List.of();
        try (ServingProcess provider =
                ServingProcess.start(ServingProvider.class, jvm, Integer.toString(clients), "0")) {
            Multiaddr address = provider.address();
            Footprint before = footprint(provider, 0);
            output.progress("connecting " + clients + " clients");
            for (int number = 0; number < clients; number++) {
                connected.add(BenchClient.connect(address, number, lanes, true));
            }
            for (BenchClient client : connected) {
                client.echo(WHOLE_PACKET);
            }
            output.progress("waiting " + settle + " s");
            Thread.sleep(Duration.ofSeconds(settle));
            Footprint after = footprint(provider, clients);
            if (nativeBooks) {
                output.progress(provider.ask("native").path("native").asString());
            }
            output.print(table(before, after), json(before, after));
        } finally {
            connected.forEach(BenchClient::close);
        }
        return 0;
    }

    private static Footprint footprint(ServingProcess provider, int sessions) throws IOException {
        JsonNode told = provider.ask("measure");
        if (told.path("sessions").asInt() != sessions) {
            throw new IOException(
                    "the provider serves %d sessions, not %d"
                            .formatted(told.path("sessions").asInt(), sessions));
        }
        return Footprint.parse(told.path("footprint"));
    }

    private String table(Footprint before, Footprint after) {
        StringBuilder table =
                new StringBuilder(
                        "%d idle clients, %d bulk lanes and a datagram lane each (MiB)%n%n"
                                .formatted(clients, lanes));
        table.append("%-10s %10s %10s %10s%n".formatted("", "before", "with", "more"));
        Map<String, Long> more = after.minus(before).json();
        Map<String, Long> with = after.json();
        before.json()
                .forEach(
                        (name, value) -> {
                            double unit = name.equals("threads") ? 1 : MIB;
                            table.append(
                                    "%-10s %10.1f %10.1f %10.1f%n"
                                            .formatted(
                                                    name,
                                                    value / unit,
                                                    with.getOrDefault(name, 0L) / unit,
                                                    more.getOrDefault(name, 0L) / unit));
                        });
        return table.toString();
    }

    private Map<String, Object> json(Footprint before, Footprint after) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("clients", clients);
        json.put("lanes", lanes);
        json.put("before", before.json());
        json.put("with", after.json());
        json.put("more", after.minus(before).json());
        return json;
    }
}
