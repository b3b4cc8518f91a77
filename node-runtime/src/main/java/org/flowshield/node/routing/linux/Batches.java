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
 * Many changes by few processes, all at the same time. A process takes some ten milliseconds, and a
 * user waits for it.
 */
final class Batches {

    private final List<Batch> batches = new ArrayList<>();

    /** Adds one {@code ip -batch} for each family that has lines. */
    Batches routing(List<Family> families, Function<Family, List<String>> lines) {
        for (Family family : families) {
            List<String> own = lines.apply(family);
            if (!own.isEmpty()) {
                batches.add(
                        new Batch(
                                List.of("ip", family.option(), "-batch", "-"),
                                String.join("\n", own) + "\n"));
            }
        }
        return this;
    }

    Batches and(Batch batch) {
        batches.add(batch);
        return this;
    }

    /**
     * Runs the lines of each in their order, and ends when all have ended.
     *
     * @throws MachineException if one failed; what stood behind it in its batch was not run
     */
    void run(Machine machine) throws MachineException {
        List<CompletableFuture<Void>> runs =
                batches.stream()
                        .map(
                                batch ->
                                        CompletableFuture.runAsync(
                                                () -> run(machine, batch),
                                                Thread::startVirtualThread))
                        .toList();
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

    private static void run(Machine machine, Batch batch) {
        try {
            String _ = machine.run(batch.command(), batch.input());
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
