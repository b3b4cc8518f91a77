package org.flowshield.node.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.flowshield.node.ledger.sqlite.CrashLab.Run;
import org.flowshield.node.ledger.sqlite.SimulatedDisk.Unflushed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power is cut in a run of a hundred vouchers. Killing a process does not show what it forgot
 * to flush, because the system goes on and writes it; so one run is written down call by call, and
 * what a disk would hold is made of it.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
final class PowerCutIT {

    private static final boolean EVERY = Boolean.getBoolean("flowshield.crash.every");

    private static final int VOUCHERS = 100;
    private static final int DRAWN_CUTS = 42;
    private static final long SEED = Long.getLong("flowshield.crash.seed", 20261127L);

    @TempDir private Path home;

    private final Random random = new Random(SEED);

    /** A run that was written down, and what the disk held before it. */
    private record Recording(List<TracedCall> calls, Run run, Path before) {}

    private Recording record(CrashLab lab, String name, Durability durability) throws Exception {
        Run run = lab.onMadeLedger(name, VOUCHERS, durability);
        Path before = home.resolve(name + "-before");
        CrashLab.copy(run.folder(), before);
        return new Recording(lab.trace(run), run, before);
    }

    /** Cuts the power after so many calls, and looks at what is found. */
    private void cut(Recording recording, int after, Unflushed unflushed) throws Exception {
        SimulatedDisk disk = new SimulatedDisk(recording.before(), recording.run().folder());
        int acknowledged = 0;
        for (TracedCall call : recording.calls().subList(0, after)) {
            if (call.file().equals(recording.run().acknowledged())) {
                acknowledged = Integer.parseInt(call.text().strip().substring(1));
            } else {
                disk.apply(call);
            }
        }
        Path found = home.resolve("found");
        disk.cutPower(found, unflushed, random);
        try {
            Findings.requireWhole(found, acknowledged);
        } catch (AssertionError e) {
            throw new AssertionError(
                    "power cut after call %d, unflushed %s, seed %d"
                            .formatted(after, unflushed, SEED),
                    e);
        } finally {
            CrashLab.delete(found);
        }
    }

    private List<Integer> draw(int calls, int number) {
        List<Integer> cuts = new ArrayList<>();
        for (int i = 0; i <= calls; i++) {
            cuts.add(i);
        }
        if (EVERY) {
            return cuts;
        }
        Collections.shuffle(cuts, random);
        return cuts.subList(0, number);
    }

    @Test
    void no_acknowledged_voucher_is_lost_and_none_invented() throws Exception {
        CrashLab lab = CrashLab.shared();
        Recording recording = record(lab, "flushed", Durability.FULL);
        assertThat(recording.run().lastAcknowledged()).isEqualTo(VOUCHERS);
        for (Unflushed unflushed : Unflushed.values()) {
            for (int after : draw(recording.calls().size(), DRAWN_CUTS / 3)) {
                cut(recording, after, unflushed);
            }
        }
        a_ledger_that_does_not_flush_is_found_out(lab);
    }

    /** The same test sees what it is there to see. */
    private void a_ledger_that_does_not_flush_is_found_out(CrashLab lab) throws Exception {
        Recording recording = record(lab, "unflushed", Durability.NONE);
        assertThat(recording.run().lastAcknowledged()).isEqualTo(VOUCHERS);
        int cuts = 0;
        int found = 0;
        for (int after : draw(recording.calls().size(), DRAWN_CUTS / 6)) {
            cuts++;
            try {
                cut(recording, after, Unflushed.LOST);
            } catch (AssertionError e) {
                found++;
            }
        }
        assertThat(found).as("losses seen in " + cuts + " power cuts").isGreaterThan(cuts / 2);
    }
}
