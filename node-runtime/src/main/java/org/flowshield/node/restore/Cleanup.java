package org.flowshield.node.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts back what processes that are gone have left behind. */
public final class Cleanup {

    /** Finds the machine's namespaces by their number. */
    @FunctionalInterface
    public interface Namespaces {
        /** Empty if the namespace is gone, and with it all that was changed in it. */
        Optional<Machine> find(long namespace) throws IOException;
    }

    /** What became of one record. */
    public enum Outcome {
        PUT_BACK,
        /** Its namespace is gone. */
        GONE,
        /** Its process runs. */
        IN_USE,
        FAILED
    }

    /**
     * One record and what became of it.
     *
     * @param what in words
     */
    public record Result(Outcome outcome, String what) {}

    private final ChangeJournal journal;
    private final Namespaces namespaces;

    public Cleanup(ChangeJournal journal, Namespaces namespaces) {
        this.journal = journal;
        this.namespaces = namespaces;
    }

    /** Deals with all records of the product on this machine. */
    public static List<Result> everything(Namespaces namespaces) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Path folder : List.of(ChangeJournal.SYSTEM, ChangeJournal.LASTING)) {
            results.addAll(new Cleanup(new ChangeJournal(folder), namespaces).run());
        }
        return results;
    }

    /** Deals with every record; one that fails does not keep it from the others. */
    public List<Result> run() throws IOException {
        List<Result> results = new ArrayList<>();
        for (Path file : journal.files()) {
            try {
                results.add(run(file));
            } catch (IOException e) {
                results.add(new Result(Outcome.FAILED, file + ": " + e.getMessage()));
            }
        }
        return results;
    }

    private Result run(Path file) throws IOException {
        ChangeRecord record = journal.read(file);
        String what = record.part() + " of process " + record.process();
        if (record.inUse()) {
            return new Result(Outcome.IN_USE, what);
        }
        Optional<Machine> machine = namespaces.find(record.namespace());
        if (machine.isPresent()) {
            new Restorer(machine.orElseThrow()).putBack(record.changes());
        }
        Files.deleteIfExists(file);
        return new Result(machine.isPresent() ? Outcome.PUT_BACK : Outcome.GONE, what);
    }
}
