package org.flowshield.node.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.node.ledger.sqlite.CrashLab.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that records a hundred vouchers is killed at its writes and flushes, and its disk fills
 * up and fails. {@code ./dev crash} does so at every one of them, otherwise some are drawn.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
final class CrashIT {

    private static final boolean EVERY = Boolean.getBoolean("flowshield.crash.every");

    private static final int VOUCHERS = 100;

    /** What continuous integration has time for. */
    private static final int DRAWN_KILLS = 40;

    private static final int DRAWN_KILLS_WHILE_MADE = 3;
    private static final int DRAWN_FAILURES = 2;

    private static final int PROCESSORS = 2;

    private static final long SEED = Long.getLong("flowshield.crash.seed", 20261127L);

    private static CrashLab lab;

    private record Point(String call, int number) {}

    private final Random random = new Random(SEED);

    @BeforeAll
    static void prepare() throws IOException {
        lab = CrashLab.shared();
    }

    /** Every call of a run on the ledger's files, as strace counts them. */
    private static List<Point> points(List<TracedCall> calls, Path acknowledged) {
        Map<String, Integer> counts = new TreeMap<>();
        List<Point> points = new ArrayList<>();
        for (TracedCall call : calls) {
            if (!call.file().equals(acknowledged)) {
                points.add(new Point(call.name(), counts.merge(call.name(), 1, Integer::sum)));
            }
        }
        return points;
    }

    private List<Point> draw(List<Point> points, int number) {
        if (EVERY) {
            return points;
        }
        List<Point> drawn = new ArrayList<>(points);
        Collections.shuffle(drawn, random);
        return drawn.subList(0, Math.min(number, drawn.size()));
    }

    private interface Trial {
        void at(Point point) throws Exception;
    }

    private static void each(List<Point> points, Trial trial) throws Exception {
        try (ExecutorService workers = Executors.newFixedThreadPool(PROCESSORS)) {
            List<Future<Void>> trials = new ArrayList<>();
            for (Point point : points) {
                trials.add(
                        workers.submit(
                                () -> {
                                    try {
                                        trial.at(point);
                                    } catch (Exception | AssertionError e) {
                                        throw new AssertionError(
                                                "at " + point + ", seed " + SEED, e);
                                    }
                                    return null;
                                }));
            }
            for (Future<Void> one : trials) {
                one.get();
            }
        }
    }

    @Test
    void no_acknowledged_voucher_is_lost_and_none_invented_when_it_is_killed() throws Exception {
        Run whole = lab.onMadeLedger("whole", VOUCHERS, Durability.FULL);
        List<TracedCall> calls = lab.trace(whole);
        assertThat(whole.lastAcknowledged()).isEqualTo(VOUCHERS);
        Findings.requireWhole(whole.folder(), VOUCHERS);
        List<Point> points = points(calls, whole.acknowledged());
        assertThat(points).as("a checkpoint and all else was seen").hasSizeGreaterThan(1000);
        List<Point> drawn = draw(points, DRAWN_KILLS);
        AtomicInteger killed = new AtomicInteger();
        each(
                drawn,
                point -> {
                    Run run =
                            lab.onMadeLedger(
                                    "killed-" + point.call() + point.number(),
                                    VOUCHERS,
                                    Durability.FULL);
                    int status = lab.kill(run, point.call(), point.number());
                    if (status == 0) { // runs differ by a call or two: it came to its end before
                        assertThat(run.lastAcknowledged()).isEqualTo(VOUCHERS);
                    } else {
                        killed.incrementAndGet();
                    }
                    Findings.requireWhole(run.folder(), run.lastAcknowledged());
                    CrashLab.delete(run.folder());
                });
        assertThat(killed.get()).isGreaterThan(drawn.size() * 9 / 10);
        System.out.printf(
                "crash: killed at %d of %d calls (seed %d)%n", killed.get(), points.size(), SEED);
    }

    @Test
    void a_ledger_that_was_killed_while_it_was_made_is_made_by_the_next() throws Exception {
        Run whole = lab.onNothing("made-whole");
        List<Point> points = points(lab.trace(whole), whole.acknowledged());
        each(
                draw(points, DRAWN_KILLS_WHILE_MADE),
                point -> {
                    Run run = lab.onNothing("unmade-" + point.call() + point.number());
                    int _ = lab.kill(run, point.call(), point.number());
                    Findings.requireWhole(run.folder(), 0);
                    CrashLab.delete(run.folder());
                });
    }

    @Test
    void a_disk_that_is_full_for_a_moment_stops_nothing() throws Exception {
        each(
                draw(writes(), DRAWN_FAILURES),
                point -> {
                    Run run = failing(point, "full");
                    int _ = lab.fail(run, point.call(), "ENOSPC", "" + point.number());
                    assertThat(run.lastAcknowledged()).isEqualTo(VOUCHERS);
                    Findings.requireWhole(run.folder(), VOUCHERS);
                    CrashLab.delete(run.folder());
                });
    }

    @Test
    void a_disk_that_stays_full_stops_the_session_and_loses_nothing() throws Exception {
        each(
                draw(writes(), DRAWN_FAILURES),
                point -> {
                    Run run = failing(point, "fuller");
                    int _ = lab.fail(run, point.call(), "ENOSPC", point.number() + "+");
                    assertThat(run.said()).endsWith("!DISK_FULL");
                    Findings.requireWhole(run.folder(), run.lastAcknowledged());
                    CrashLab.delete(run.folder());
                });
    }

    @Test
    void a_disk_that_fails_stops_the_session_and_loses_nothing() throws Exception {
        each(
                draw(flushes(), DRAWN_FAILURES),
                point -> {
                    Run run = failing(point, "failing");
                    int _ = lab.fail(run, point.call(), "EIO", "" + point.number());
                    assertThat(run.said()).endsWith("!DISK_FAILED");
                    Findings.requireWhole(run.folder(), run.lastAcknowledged());
                    CrashLab.delete(run.folder());
                });
    }

    private static Run failing(Point point, String how) throws IOException {
        return lab.onMadeLedger(
                how + "-" + point.call() + point.number(), VOUCHERS, Durability.FULL);
    }

    /** Enough for the hundred, without the last ones, which are those of closing. */
    private static List<Point> writes() {
        return upTo("pwrite64", 700);
    }

    private static List<Point> flushes() {
        List<Point> flushes = new ArrayList<>(upTo("fsync", 90));
        flushes.addAll(upTo("fdatasync", 100));
        return flushes;
    }

    private static List<Point> upTo(String call, int last) {
        List<Point> points = new ArrayList<>();
        for (int n = 1; n <= last; n++) {
            points.add(new Point(call, n));
        }
        return points;
    }
}
