package org.flowshield.node.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.restore.Cleanup;
import org.flowshield.node.restore.Cleanup.Outcome;
import org.flowshield.node.restore.Cleanup.Result;
import org.flowshield.node.restore.linux.LinuxMachine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes what crashed and killed processes of the product have left on this machine. */
@Command(
        name = "cleanup",
        mixinStandardHelpOptions = true,
        description = {
            "Restores this machine's network after a crash.",
            "Removes routes, rules, filters and labs of processes that are gone. What running ones"
                    + " use, and what others have changed, stays."
        })
final class CleanupCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        try {
            int labs = Lab.sweep(output::progress);
            List<Result> results = Cleanup.everything(LinuxMachine::find);
            return report(labs, results);
        } catch (AccessDeniedException e) {
            throw new CommandFailedException(
                    ExitStatus.PERMISSION,
                    "no_permission",
                    "cleaning up needs root; nothing was changed",
                    "sudo flowshield cleanup",
                    e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    String.valueOf(e.getMessage()).contains("root")
                            ? ExitStatus.PERMISSION
                            : ExitStatus.FAILED,
                    "cleanup_failed",
                    String.valueOf(e.getMessage()),
                    "run it again as root; what could not be removed is still recorded",
                    e);
        }
    }

    private int report(int labs, List<Result> results) {
        List<Map<String, String>> list = new ArrayList<>();
        for (Result result : results) {
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("outcome", result.outcome().name().toLowerCase(java.util.Locale.ROOT));
            entry.put("what", result.what());
            list.add(entry);
            output.text(words(result.outcome()) + ": " + result.what());
        }
        boolean failed = results.stream().anyMatch(r -> r.outcome() == Outcome.FAILED);
        if (output.json()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("ok", !failed);
            all.put("labs_removed", labs);
            all.put("changes", list);
            output.json(all);
        } else if (labs == 0 && results.isEmpty()) {
            output.text("nothing was left behind");
        }
        return failed ? ExitStatus.FAILED.code() : ExitStatus.OK.code();
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case PUT_BACK -> "put back";
            case GONE -> "already gone";
            case IN_USE -> "in use, left alone";
            case FAILED -> "FAILED";
        };
    }
}
