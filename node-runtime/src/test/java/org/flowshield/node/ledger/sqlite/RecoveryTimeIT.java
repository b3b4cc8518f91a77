package org.flowshield.node.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long checking takes at a start. Says it, and does not judge it: machines differ. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class RecoveryTimeIT {

    /** The whole number with {@code ./dev crash}. */
    private static final int VOUCHERS =
            Boolean.getBoolean("flowshield.crash.every") ? 100_000 : 2_000;

    /** Recorded at once, so that they share flushes. */
    private static final int CHANNELS = 200;

    @TempDir private Path folder;

    @Test
    void all_vouchers_are_checked_at_the_start() throws Exception {
        long writing = System.nanoTime();
        try (Ledger ledger = open()) {
            fill(ledger);
        }
        long checking = System.nanoTime();
        try (Ledger ledger = open()) {
            long done = System.nanoTime();
            assertThat(ledger.channels(Side.PAYEE)).hasSize(CHANNELS);
            System.out.printf(
                    "crash: %d vouchers recorded in %d ms by %d threads, checked at the start in %d ms%n",
                    VOUCHERS,
                    TimeUnit.NANOSECONDS.toMillis(checking - writing),
                    CHANNELS,
                    TimeUnit.NANOSECONDS.toMillis(done - checking));
        }
    }

    private Ledger open() throws Exception {
        return switch (SqliteLedger.open(folder, Clock.systemUTC())) {
            case Opening.Sound sound -> sound.ledger();
            case Opening.Repaired repaired -> repaired.ledger();
            case Opening.Damaged damaged -> throw new AssertionError(damaged);
        };
    }

    private static void fill(Ledger ledger) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < CHANNELS; i++) {
                ChannelRecord channel = TestVouchers.channel(i, Side.PAYEE);
                all.add(
                        threads.submit(
                                () -> {
                                    ledger.put(channel);
                                    SessionId session =
                                            ledger.begin(
                                                    channel.id(),
                                                    Side.PAYEE,
                                                    Optional.empty(),
                                                    Optional.empty());
                                    for (int n = 1; n <= VOUCHERS / CHANNELS; n++) {
                                        Acceptance _ =
                                                ledger.accept(
                                                        session, TestVouchers.voucher(channel, n));
                                    }
                                    return null;
                                }));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }
}
