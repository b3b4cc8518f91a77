package org.flowshield.bench.payment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.flowshield.bench.Statistics;
import org.flowshield.bench.measure.Iperf;
import org.flowshield.bench.measure.Iperf.Direction;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.cli.Output;
import org.flowshield.node.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./dev bench payment}: a session that is paid per byte and one that is free, each between
 * daemons in a lab of its own with a chain of its own, take turns; the order turns round in every
 * pair. With {@code --fresh} each transfer begins a new session.
 */
@Command(
        name = "payment",
        description = {
            "Throughput of a session that is paid per byte against one that is free.",
            "Needs root and what ./dev setup installs. The machine should do nothing else."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PaymentBench implements Callable<Integer> {

    private static final double MUST = 0.97;

    /** Slow start and buffers that fill. */
    private static final Duration OMITTED = Duration.ofSeconds(1);

    /**
     * The JIT compilers of a tunnel's ends have done most after four seconds; those of an exchange
     * of vouchers, which runs twenty times a second, take longer.
     */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    @Mixin private final Output output = new Output();

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "12",
            description = "Of transfers each way (${DEFAULT-VALUE}).")
    private int pairs;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Of each transfer that count (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--fresh",
            description = "Connect anew before each transfer, of which all counts.")
    private boolean fresh;

    private record Pair(Shop.Moved paid, Shop.Moved free) {}

    private final Map<Direction, List<Pair>> measured = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        SessionPayment payment;
        try (Lab paidLab = Lab.create(_ -> {});
                Lab freeLab = Lab.create(_ -> {})) {
            output.progress("starting two labs, chains, providers and clients");
            try (Shop paid = Shop.open(paidLab, true);
                    Shop free = Shop.open(freeLab, false)) {
                warmUp(paid);
                warmUp(free);
                for (int number = 0; number < pairs; number++) {
                    for (Direction direction : Direction.values()) {
                        pair(paid, free, direction, number);
                    }
                }
                payment = paid.payment();
            }
        } catch (NoDaemonException | RefusedException e) {
            throw new IOException("a daemon did not do it: " + e.getMessage(), e);
        }
        if (payment == null || payment.vouchers() == 0) {
            throw new IOException("nothing was paid: this compares nothing");
        }
        output.print(table(payment), json(payment));
        return measured.keySet().stream().allMatch(this::meetsMust) ? 0 : 1;
    }

    private void warmUp(Shop shop)
            throws IOException, NoDaemonException, RefusedException, InterruptedException {
        output.progress("warming up " + (shop.pays() ? "the paid one" : "the free one"));
        shop.connect();
        for (Direction direction : Direction.values()) {
            Shop.Moved _ = shop.move(new Iperf.Plan(direction, 1, WARM_UP, Duration.ZERO));
        }
    }

    private void pair(Shop paid, Shop free, Direction direction, int number)
            throws IOException, NoDaemonException, RefusedException, InterruptedException {
        Shop.Moved first = move(number % 2 == 0 ? paid : free, direction);
        Shop.Moved second = move(number % 2 == 0 ? free : paid, direction);
        Pair pair = number % 2 == 0 ? new Pair(first, second) : new Pair(second, first);
        measured.computeIfAbsent(direction, _ -> new ArrayList<>()).add(pair);
        output.progress(
                "pair %d of %d, %s: paid %.0f, free %.0f Mbit/s; CPU %.2f, %.2f s/GB"
                        .formatted(
                                number + 1,
                                pairs,
                                name(direction),
                                pair.paid().mbit(),
                                pair.free().mbit(),
                                pair.paid().cpuPerGigabyte(),
                                pair.free().cpuPerGigabyte()));
    }

    private Shop.Moved move(Shop shop, Direction direction)
            throws IOException, NoDaemonException, RefusedException, InterruptedException {
        Duration omitted = OMITTED;
        if (fresh) {
            shop.disconnect();
            shop.connect();
            omitted = Duration.ZERO;
        }
        return shop.move(new Iperf.Plan(direction, 1, Duration.ofSeconds(seconds), omitted));
    }

    private static String name(Direction direction) {
        return switch (direction) {
            case UP -> "up";
            case DOWN -> "down";
        };
    }

    private List<Double> paid(Direction direction, ToDoubleFunction<Shop.Moved> figure) {
        return pairsOf(direction).stream().map(pair -> figure.applyAsDouble(pair.paid())).toList();
    }

    private List<Double> free(Direction direction, ToDoubleFunction<Shop.Moved> figure) {
        return pairsOf(direction).stream().map(pair -> figure.applyAsDouble(pair.free())).toList();
    }

    private List<Pair> pairsOf(Direction direction) {
        return measured.getOrDefault(direction, List.of());
    }

    private Statistics.Median ratio(Direction direction) {
        return Statistics.median(
                Statistics.ratios(
                        paid(direction, Shop.Moved::mbit), free(direction, Shop.Moved::mbit)));
    }

    /** Less disturbed by what else the machine does than the speed. */
    private Statistics.Median cpuRatio(Direction direction) {
        return Statistics.median(
                Statistics.ratios(
                        paid(direction, Shop.Moved::cpuPerGigabyte),
                        free(direction, Shop.Moved::cpuPerGigabyte)));
    }

    private boolean meetsMust(Direction direction) {
        return ratio(direction).value() >= MUST;
    }

    private String table(SessionPayment payment) {
        StringBuilder table =
                new StringBuilder(
                        "%s of %d s, %d pairs; medians in Mbit/s%n%n"
                                .formatted(
                                        fresh ? "new sessions" : "transfers in one session",
                                        seconds,
                                        pairs));
        table.append(
                "%-6s %10s %10s  %s%n"
                        .formatted("", "paid", "free", "paid / free [95 %], CPU s/GB paid / free"));
        for (Direction direction : measured.keySet()) {
            table.append(
                    "%-6s %10.0f %10.0f  %s, must >= %.2f; %s%n"
                            .formatted(
                                    name(direction),
                                    Statistics.quantile(paid(direction, Shop.Moved::mbit), 0.5),
                                    Statistics.quantile(free(direction, Shop.Moved::mbit), 0.5),
                                    ratio(direction),
                                    MUST,
                                    cpuRatio(direction)));
        }
        return table.append(
                        "%nin the paid session at the end: %d vouchers, window %d KiB%n"
                                .formatted(payment.vouchers(), payment.window() >> 10))
                .toString();
    }

    private Map<String, Object> json(SessionPayment payment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", "payment");
        json.put("fresh", fresh);
        json.put("seconds", seconds);
        json.put("cpus", Runtime.getRuntime().availableProcessors());
        Map<String, Object> directions = new LinkedHashMap<>();
        for (Direction direction : measured.keySet()) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("paid_mbit", Statistics.median(paid(direction, Shop.Moved::mbit)));
            figures.put("free_mbit", Statistics.median(free(direction, Shop.Moved::mbit)));
            figures.put("cpu_ratio", cpuRatio(direction));
            figures.put("ratio", ratio(direction));
            figures.put("meets_must", meetsMust(direction));
            figures.put("pairs", pairsOf(direction));
            directions.put(name(direction), figures);
        }
        json.put("must", MUST);
        json.put("directions", directions);
        json.put("vouchers", payment.vouchers());
        json.put("window", payment.window());
        return json;
    }
}
