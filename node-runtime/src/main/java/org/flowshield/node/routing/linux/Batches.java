package org.flowshield.node.routing.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.flowshield.node.restore.Change.Family;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.MachineException;

/**
 * Many changes by few processes: one {@code ip -batch} for each family, at the same time. A process
 * takes some ten milliseconds, and a user waits for it.
 */
final class Batches {

    private Batches() {}

    /**
     * Runs the lines of each family in their order, and ends when all have ended.
     *
     * @throws MachineException if one failed; the lines behind it were not run
     */
    static void run(Machine machine, List<Family> families, Function<Family, List<String>> lines)
            throws MachineException {
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        for (Family family : families) {
            List<String> own = lines.apply(family);
            if (!own.isEmpty()) {
                runs.add(
                        CompletableFuture.runAsync(
                                () -> run(machine, family, own), Thread::startVirtualThread));
            }
        }
        MachineException failure = null;
        for (CompletableFuture<Void> each : runs) {
            try {
                each.join();
            } catch (CompletionException e) {
                MachineException cause = unwrapped(e);
                if (failure == null) {
                    failure = cause;
                } else {
                    failure.addSuppressed(cause);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void run(Machine machine, Family family, List<String> lines) {
        try {
            String _ =
                    machine.run(
                            List.of("ip", family.option(), "-batch", "-"),
                            String.join("\n", lines) + "\n");
        } catch (MachineException e) {
            throw new CompletionException(e);
        }
    }

    private static MachineException unwrapped(CompletionException e) {
        if (e.getCause() instanceof MachineException known) {
            return known;
        }
        throw e;
    }
}
